package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
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
public final class Lamb extends MomentOptimizer<Lamb> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";

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

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, VELOCITY);
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor m = u.move(MOMENTUM, g, 1 - beta1());
        Tensor v = u.move(VELOCITY, Ops.square(g), 1 - beta2());
        Tensor mean = Ops.divide(m, u.biasCorrection(beta1()));
        Tensor size = Ops.sqrt(Ops.divide(v, u.biasCorrection(beta2())));
        Tensor change = Ops.divide(mean, Ops.add(size, epsilon()));
        Tensor factor = Ops.multiply(ratio(Ops.norm(u.value()), Ops.norm(change)), u.learningRate());
        return Ops.subtract(u.value(), Ops.multiply(factor, change));
    }

    private static Tensor ratio(Tensor value, Tensor change) {
        Tensor both = Ops.logicalAnd(Ops.greater(value, 0), Ops.greater(change, 0));
        return Ops.where(both, Ops.divide(value, change), 1);
    }
}
