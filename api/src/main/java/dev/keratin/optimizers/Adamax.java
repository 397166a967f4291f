package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
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
public final class Adamax extends MomentOptimizer<Adamax> {
    private static final String MOMENTUM = "momentum";
    private static final String NORM = "norm";

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

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, NORM);
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor m = u.move(MOMENTUM, g, 1 - beta1());
        Tensor norm = u.set(NORM, Ops.maximum(Ops.multiply(beta2(), u.slot(NORM)), Ops.abs(g)));
        Tensor bias = u.biasCorrection(beta1());
        return Ops.subtract(u.value(),
                Ops.divide(Ops.multiply(u.learningRate(), m), Ops.multiply(bias, Ops.add(norm, epsilon()))));
    }
}
