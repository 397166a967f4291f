package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Gradient descent with each gradient divided by a moving average of its size.
 *
 * <pre>{@code
 * v = rho * v + (1 - rho) * g^2
 * d = rate * g / sqrt(v + epsilon)               centered: sqrt(v - a^2 + epsilon), a = rho * a + (1 - rho) * g
 * w = w - d                                      momentum: w - m, m = momentum * m + d
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/rmsprop/">Keras: RMSprop</a>
 */
public final class RMSprop extends BaseOptimizer<RMSprop> {
    private static final String VELOCITY = "velocity";
    private static final String MOMENTUM = "momentum";
    private static final String AVERAGE = "average_gradient";

    private double rho = 0.9;
    private double momentum;
    private double epsilon = 1e-7;
    private boolean centered;

    /** With a learning rate of 0.001. */
    public RMSprop() {
        this(0.001);
    }

    /** With a learning rate. */
    public RMSprop(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public RMSprop(LearningRateSchedule schedule) {
        super(schedule);
    }

    static RMSprop from(ObjectNode config) {
        return new RMSprop().configure(config).rho(Json.number(config, "rho", 0.9))
                .momentum(Json.number(config, MOMENTUM, 0)).epsilon(Json.number(config, "epsilon", 1e-7))
                .centered(Json.bool(config, "centered", false));
    }

    /** The share of the old average that is kept. Default: 0.9. */
    public RMSprop rho(double newRho) {
        rho = newRho;
        return this;
    }

    /** The share of the last change that is kept. Default: 0, none. */
    public RMSprop momentum(double newMomentum) {
        requireUnbuilt(MOMENTUM);
        momentum = newMomentum;
        return this;
    }

    /** Keeps the division finite; under the square root. Default: 1e-7. */
    public RMSprop epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return this;
    }

    /** Whether gradients are divided by their variance instead of their size. Default: false. */
    public RMSprop centered(boolean newCentered) {
        requireUnbuilt("centered");
        centered = newCentered;
        return this;
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(VELOCITY);
        if (momentum > 0) {
            slots.add(MOMENTUM);
        }
        if (centered) {
            slots.add(AVERAGE);
        }
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor size = u.set(VELOCITY, mean(u.slot(VELOCITY), Ops.square(g)));
        if (centered) {
            size = Ops.subtract(size, Ops.square(u.set(AVERAGE, mean(u.slot(AVERAGE), g))));
        }
        Tensor change = Ops.divide(Ops.multiply(u.learningRate(), g), Ops.sqrt(Ops.add(size, epsilon)));
        if (momentum > 0) {
            change = u.set(MOMENTUM, Ops.add(Ops.multiply(momentum, u.slot(MOMENTUM)), change));
        }
        return Ops.subtract(u.value(), change);
    }

    private Tensor mean(Tensor old, Tensor next) {
        return Ops.add(Ops.multiply(rho, old), Ops.multiply(1 - rho, next));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("rho", rho).put(MOMENTUM, momentum).put("epsilon", epsilon).put("centered", centered);
    }
}
