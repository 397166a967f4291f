package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/** The rule and the arguments that {@link Adam} and {@link AdamW} share. */
abstract class AdamFamily<T extends AdamFamily<T>> extends MomentOptimizer<T> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";
    private static final String LARGEST = "velocity_hat";

    private boolean amsgrad;

    AdamFamily(double learningRate) {
        super(learningRate);
    }

    AdamFamily(LearningRateSchedule schedule) {
        super(schedule);
    }

    /** Whether the largest mean of squared gradients so far is used. Default: false. */
    public T amsgrad(boolean newAmsgrad) {
        requireUnbuilt("amsgrad");
        amsgrad = newAmsgrad;
        return self();
    }

    @Override
    protected T configure(ObjectNode config) {
        amsgrad = Json.bool(config, "amsgrad", amsgrad);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, VELOCITY);
        if (amsgrad) {
            slots.add(LARGEST);
        }
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor m = u.move(MOMENTUM, g, 1 - beta1());
        Tensor v = u.move(VELOCITY, Ops.square(g), 1 - beta2());
        if (amsgrad) {
            v = u.set(LARGEST, Ops.maximum(u.slot(LARGEST), v));
        }
        return Ops.subtract(u.value(), Ops.divide(Ops.multiply(m, rate(u)), Ops.add(Ops.sqrt(v), epsilon())));
    }

    /** The learning rate with both biases corrected. */
    private Tensor rate(Update u) {
        Tensor bias1 = u.biasCorrection(beta1());
        Tensor bias2 = u.biasCorrection(beta2());
        return Ops.divide(Ops.multiply(u.learningRate(), Ops.sqrt(bias2)), bias1);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("amsgrad", amsgrad);
    }
}
