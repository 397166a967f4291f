package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * {@link Adam} with steps in proportion to the size of each variable, made for large batches.
 *
 * <pre>{@code
 * m = m + (g - m) * (1 - beta1)
 * v = v + (g^2 - v) * (1 - beta2)
 * d = m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)         t = 1 in the first step
 * w = w - rate * d * |w| / |d|                                        the ratio is 1 where a norm is 0
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/lamb/">Keras: Lamb</a>
 * @see <a href="https://arxiv.org/abs/1904.00962">You et al., 2019</a>
 */
public final class Lamb extends BaseOptimizer<Lamb> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";

    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;

    /** With a learning rate of 0.001. */
    public Lamb() {
        this(0.001);
    }

    /** With a learning rate. */
    public Lamb(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Lamb(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Lamb from(ObjectNode config) {
        return new Lamb().configure(config);
    }

    /** The share of the old mean of gradients that is kept. Default: 0.9. */
    public Lamb beta1(double newBeta1) {
        beta1 = newBeta1;
        return this;
    }

    /** The share of the old mean of squared gradients that is kept. Default: 0.999. */
    public Lamb beta2(double newBeta2) {
        beta2 = newBeta2;
        return this;
    }

    /** Keeps the division finite; beside the square root, not under it. Default: 1e-7. */
    public Lamb epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return this;
    }

    @Override
    protected Lamb configure(ObjectNode config) {
        beta1 = Json.number(config, "beta_1", beta1);
        beta2 = Json.number(config, "beta_2", beta2);
        epsilon = Json.number(config, "epsilon", epsilon);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, VELOCITY);
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor m = u.set(MOMENTUM, AdamFamily.towards(u.slot(MOMENTUM), g, 1 - beta1));
        Tensor v = u.set(VELOCITY, AdamFamily.towards(u.slot(VELOCITY), Ops.square(g), 1 - beta2));
        Tensor mean = Ops.divide(m, Ops.subtract(1, Ops.power(beta1, u.number())));
        Tensor size = Ops.sqrt(Ops.divide(v, Ops.subtract(1, Ops.power(beta2, u.number()))));
        Tensor change = Ops.divide(mean, Ops.add(size, epsilon));
        Tensor factor = Ops.multiply(ratio(Ops.norm(u.value()), Ops.norm(change)), u.learningRate());
        return Ops.subtract(u.value(), Ops.multiply(factor, change));
    }

    private static Tensor ratio(Tensor value, Tensor change) {
        Tensor both = Ops.logicalAnd(Ops.greater(value, 0), Ops.greater(change, 0));
        return Ops.where(both, Ops.divide(value, change), 1);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta_1", beta1).put("beta_2", beta2).put("epsilon", epsilon);
    }
}
