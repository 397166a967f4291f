package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * {@link Adam} with the largest gradient in place of the mean of squares.
 *
 * <pre>{@code
 * m = m + (g - m) * (1 - beta1)
 * u = max(beta2 * u, |g|)
 * w = w - rate * m / ((1 - beta1^t) * (u + epsilon))                  t = 1 in the first step
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/adamax/">Keras: Adamax</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2014, section 7</a>
 */
public final class Adamax extends BaseOptimizer<Adamax> {
    private static final String MOMENTUM = "momentum";
    private static final String NORM = "norm";

    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;

    /** With a learning rate of 0.001. */
    public Adamax() {
        this(0.001);
    }

    /** With a learning rate. */
    public Adamax(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Adamax(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Adamax from(ObjectNode config) {
        return new Adamax().configure(config);
    }

    /** The share of the old mean of gradients that is kept. Default: 0.9. */
    public Adamax beta1(double newBeta1) {
        beta1 = newBeta1;
        return this;
    }

    /** What the largest gradient is multiplied by in each step. Default: 0.999. */
    public Adamax beta2(double newBeta2) {
        beta2 = newBeta2;
        return this;
    }

    /** Keeps the division finite. Default: 1e-7. */
    public Adamax epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return this;
    }

    @Override
    protected Adamax configure(ObjectNode config) {
        beta1 = Json.number(config, "beta_1", beta1);
        beta2 = Json.number(config, "beta_2", beta2);
        epsilon = Json.number(config, "epsilon", epsilon);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, NORM);
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor m = u.set(MOMENTUM, AdamFamily.towards(u.slot(MOMENTUM), g, 1 - beta1));
        Tensor norm = u.set(NORM, Ops.maximum(Ops.multiply(beta2, u.slot(NORM)), Ops.abs(g)));
        Tensor bias = Ops.subtract(1, Ops.power(beta1, u.number()));
        return Ops.subtract(u.value(),
                Ops.divide(Ops.multiply(u.learningRate(), m), Ops.multiply(bias, Ops.add(norm, epsilon))));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta_1", beta1).put("beta_2", beta2).put("epsilon", epsilon);
    }
}
