package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * {@link Adam} whose momentum looks ahead as Nesterov's does.
 *
 * <pre>{@code
 * b(t) = beta1 * (1 - 0.5 * 0.96^t)                                   t = 1 in the first step
 * p = p * b(t)                                                        p = 1 in the beginning
 * m = m + (g - m) * (1 - beta1)
 * v = v + (g^2 - v) * (1 - beta2)
 * n = b(t + 1) * m / (1 - p * b(t + 1)) + (1 - b(t)) * g / (1 - p)
 * w = w - rate * n / (sqrt(v / (1 - beta2^t)) + epsilon)
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/Nadam/">Keras: Nadam</a>
 * @see <a href="https://cs229.stanford.edu/proj2015/054_report.pdf">Dozat, 2015</a>
 */
public final class Nadam extends MomentOptimizer<Nadam> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";
    private static final String PRODUCT = "variable";
    private static final double DECAY = 0.96;

    /** With a learning rate of 0.001. */
    public Nadam() {
        this(0.001);
    }

    /** With a learning rate. */
    public Nadam(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Nadam(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Nadam from(ObjectNode config) {
        return new Nadam().configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, VELOCITY);
        DType dtype = slots.trainable().isEmpty() ? Configuration.floatx() : slots.trainable().get(0).dtype();
        slots.addShared(PRODUCT, dtype, 1);
    }

    @Override
    protected void beforeUpdates(Step step) {
        Tensor old = step.shared(PRODUCT);
        step.setShared(PRODUCT, Ops.multiply(old, lookAhead(step.number(old.dtype()))));
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor now = lookAhead(u.number());
        Tensor next = lookAhead(Ops.add(u.number(), 1));
        Tensor product = u.shared(PRODUCT);
        Tensor m = u.move(MOMENTUM, g, 1 - beta1());
        Tensor v = u.move(VELOCITY, Ops.square(g), 1 - beta2());
        Tensor ahead = Ops.divide(Ops.multiply(next, m), Ops.subtract(1, Ops.multiply(product, next)));
        Tensor here = Ops.divide(Ops.multiply(Ops.subtract(1, now), g), Ops.subtract(1, product));
        Tensor size = Ops.divide(v, u.biasCorrection(beta2()));
        return Ops.subtract(u.value(), Ops.divide(
                Ops.multiply(Ops.add(ahead, here), u.learningRate()), Ops.add(Ops.sqrt(size), epsilon())));
    }

    private Tensor lookAhead(Tensor number) {
        return Ops.multiply(beta1(), Ops.subtract(1, Ops.multiply(0.5, Ops.power(DECAY, number))));
    }
}
