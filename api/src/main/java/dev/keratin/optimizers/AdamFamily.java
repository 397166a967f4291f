package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/** The rule and the arguments that {@link Adam} and {@link AdamW} share. */
abstract class AdamFamily<T extends AdamFamily<T>> extends BaseOptimizer<T> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";
    private static final String LARGEST = "velocity_hat";

    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;
    private boolean amsgrad;

    AdamFamily(double learningRate) {
        super(learningRate);
    }

    AdamFamily(LearningRateSchedule schedule) {
        super(schedule);
    }

    abstract T same();

    /** The share of the old mean of gradients that is kept. Default: 0.9. */
    public T beta1(double newBeta1) {
        beta1 = newBeta1;
        return same();
    }

    /** The share of the old mean of squared gradients that is kept. Default: 0.999. */
    public T beta2(double newBeta2) {
        beta2 = newBeta2;
        return same();
    }

    /** Keeps the division finite; beside the square root, not under it. Default: 1e-7. */
    public T epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return same();
    }

    /** Whether the largest mean of squared gradients so far is used. Default: false. */
    public T amsgrad(boolean newAmsgrad) {
        requireUnbuilt("amsgrad");
        amsgrad = newAmsgrad;
        return same();
    }

    @Override
    protected T configure(ObjectNode config) {
        beta1 = Json.number(config, "beta_1", beta1);
        beta2 = Json.number(config, "beta_2", beta2);
        epsilon = Json.number(config, "epsilon", epsilon);
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
        Tensor m = u.set(MOMENTUM, towards(u.slot(MOMENTUM), g, 1 - beta1));
        Tensor v = u.set(VELOCITY, towards(u.slot(VELOCITY), Ops.square(g), 1 - beta2));
        if (amsgrad) {
            v = u.set(LARGEST, Ops.maximum(u.slot(LARGEST), v));
        }
        return Ops.subtract(u.value(), Ops.divide(Ops.multiply(m, rate(u)), Ops.add(Ops.sqrt(v), epsilon)));
    }

    /** The learning rate with both biases corrected. */
    private Tensor rate(Update u) {
        Tensor bias1 = Ops.subtract(1, Ops.power(beta1, u.number()));
        Tensor bias2 = Ops.subtract(1, Ops.power(beta2, u.number()));
        return Ops.divide(Ops.multiply(u.learningRate(), Ops.sqrt(bias2)), bias1);
    }

    /** {@code old + (next - old) * share}. */
    static Tensor towards(Tensor old, Tensor next, double share) {
        return Ops.add(old, Ops.multiply(Ops.subtract(next, old), share));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta_1", beta1).put("beta_2", beta2).put("epsilon", epsilon).put("amsgrad", amsgrad);
    }
}
