package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Gradient descent, with momentum if asked for.
 *
 * <pre>{@code
 * momentum 0:   w = w - rate * g
 * else:         v = momentum * v - rate * g
 *               w = w + v                            or, with nesterov, w + momentum * v - rate * g
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/sgd/">Keras: SGD</a>
 */
public final class SGD extends BaseOptimizer<SGD> {
    private static final String MOMENTUM = "momentum";

    private double momentum;
    private boolean nesterov;

    /** With a learning rate of 0.01. */
    public SGD() {
        this(0.01);
    }

    /** With a learning rate. */
    public SGD(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public SGD(LearningRateSchedule schedule) {
        super(schedule);
    }

    static SGD from(ObjectNode config) {
        return new SGD().configure(config).momentum(Json.number(config, MOMENTUM, 0))
                .nesterov(Json.bool(config, "nesterov", false));
    }

    /** The share of the last change that is kept, 0 to 1. Default: 0, none. */
    public SGD momentum(double newMomentum) {
        requireUnbuilt(MOMENTUM);
        if (!(newMomentum >= 0 && newMomentum <= 1)) {
            throw new IllegalArgumentException("SGD: a momentum from 0 to 1 is required. Received: " + newMomentum
                    + ". Usual ones are 0.9 and 0.99.");
        }
        momentum = newMomentum;
        return this;
    }

    /** Whether momentum looks ahead as Nesterov's does. Default: false. */
    public SGD nesterov(boolean newNesterov) {
        nesterov = newNesterov;
        return this;
    }

    @Override
    protected void addSlots(Slots slots) {
        if (momentum != 0) {
            slots.add(MOMENTUM);
        }
    }

    @Override
    protected Tensor update(Update u) {
        Tensor change = Ops.multiply(u.gradient(), u.learningRate());
        if (momentum == 0) {
            return Ops.subtract(u.value(), change);
        }
        Tensor v = u.set(MOMENTUM, Ops.subtract(Ops.multiply(u.slot(MOMENTUM), momentum), change));
        return Ops.add(u.value(), nesterov ? Ops.subtract(Ops.multiply(v, momentum), change) : v);
    }

    @Override
    public ObjectNode config() {
        return super.config().put(MOMENTUM, momentum).put("nesterov", nesterov);
    }
}
