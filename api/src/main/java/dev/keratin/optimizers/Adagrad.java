package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Gradient descent with each gradient divided by the size of all gradients before it.
 *
 * <pre>{@code
 * a = a + g^2                                     a = initialAccumulatorValue in the beginning
 * w = w - rate * g / sqrt(a + epsilon)
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/adagrad/">Keras: Adagrad</a>
 */
public final class Adagrad extends BaseOptimizer<Adagrad> {
    private static final String ACCUMULATOR = "accumulator";

    private double initialAccumulatorValue = 0.1;
    private double epsilon = 1e-7;

    /** With a learning rate of 0.001. */
    public Adagrad() {
        this(0.001);
    }

    /** With a learning rate. */
    public Adagrad(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Adagrad(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Adagrad from(ObjectNode config) {
        return new Adagrad().configure(config);
    }

    /** What the sum of squared gradients starts with. Default: 0.1. */
    public Adagrad initialAccumulatorValue(double newInitialAccumulatorValue) {
        requireUnbuilt("initialAccumulatorValue");
        initialAccumulatorValue = newInitialAccumulatorValue;
        return this;
    }

    /** Keeps the division finite; under the square root. Default: 1e-7. */
    public Adagrad epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return this;
    }

    @Override
    protected Adagrad configure(ObjectNode config) {
        initialAccumulatorValue = Json.number(config, "initial_accumulator_value", initialAccumulatorValue);
        epsilon = Json.number(config, "epsilon", epsilon);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.trainable().forEach(variable -> slots.add(variable, ACCUMULATOR, initialAccumulatorValue));
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor sum = u.set(ACCUMULATOR, Ops.add(u.slot(ACCUMULATOR), Ops.square(g)));
        return Ops.subtract(
                u.value(), Ops.divide(Ops.multiply(u.learningRate(), g), Ops.sqrt(Ops.add(sum, epsilon))));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("initial_accumulator_value", initialAccumulatorValue).put("epsilon", epsilon);
    }
}
