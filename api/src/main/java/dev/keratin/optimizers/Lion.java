package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Steps of one size in each direction: only the sign of the momentum counts. Wants a learning rate that is 3 to 10 times
 * smaller than that of {@link Adam}.
 *
 * <pre>{@code
 * w = w - rate * sign(m * beta1 + g * (1 - beta1))
 * m = m * beta2 + g * (1 - beta2)
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/lion/">Keras: Lion</a>
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al., 2023</a>
 */
public final class Lion extends BaseOptimizer<Lion> {
    private static final String MOMENTUM = "momentum";

    private double beta1 = 0.9;
    private double beta2 = 0.99;

    /** With a learning rate of 0.001. */
    public Lion() {
        this(0.001);
    }

    /** With a learning rate. */
    public Lion(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Lion(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Lion from(ObjectNode config) {
        return new Lion().configure(config);
    }

    /** The share of the momentum in the step; above 0, at most 1. Default: 0.9. */
    public Lion beta1(double newBeta1) {
        requireBeta1(newBeta1);
        beta1 = newBeta1;
        return this;
    }

    /** The share of the old momentum that is kept. Default: 0.99. */
    public Lion beta2(double newBeta2) {
        beta2 = newBeta2;
        return this;
    }

    @Override
    protected Lion configure(ObjectNode config) {
        beta1 = Json.number(config, "beta_1", beta1);
        beta2 = Json.number(config, "beta_2", beta2);
        requireBeta1(beta1);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM);
    }

    @Override
    protected Tensor update(Update u) {
        Tensor m = u.slot(MOMENTUM);
        u.set(MOMENTUM, mix(m, u.gradient(), beta2));
        return Ops.subtract(u.value(), Ops.multiply(u.learningRate(), Ops.sign(mix(m, u.gradient(), beta1))));
    }

    private static Tensor mix(Tensor m, Tensor g, double share) {
        return Ops.add(Ops.multiply(m, share), Ops.multiply(g, 1 - share));
    }

    private static void requireBeta1(double beta1) {
        if (!(beta1 > 0 && beta1 <= 1)) {
            throw new IllegalArgumentException(
                    "Lion: a beta1 above 0 and at most 1 is required. Received: " + beta1 + ".");
        }
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta_1", beta1).put("beta_2", beta2);
    }
}
