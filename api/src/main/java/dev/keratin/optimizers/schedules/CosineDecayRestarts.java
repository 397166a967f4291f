package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * A learning rate that falls along half a cosine again and again: {@code initial * ((1 - alpha) * 0.5 * mMul^i *
 * (1 + cos(pi * f)) + alpha)}, where {@code f} is the part of period {@code i} that is over. Period {@code i} has
 * {@code firstDecaySteps * tMul^i} steps.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay_restarts/">Keras:
 *     CosineDecayRestarts</a>
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, 2016</a>
 */
public final class CosineDecayRestarts implements LearningRateSchedule {
    private static final String DEFAULT_NAME = "SGDRDecay";

    private final double initialLearningRate;
    private final long firstDecaySteps;
    private double tMul = 2;
    private double mMul = 1;
    private double alpha;
    private String name = DEFAULT_NAME;

    /**
     * Periods that double and fall to 0.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param firstDecaySteps how many steps the first period has; above 0
     */
    public CosineDecayRestarts(double initialLearningRate, long firstDecaySteps) {
        this.initialLearningRate = initialLearningRate;
        this.firstDecaySteps = Requirements.positive("CosineDecayRestarts", "firstDecaySteps", firstDecaySteps);
    }

    static CosineDecayRestarts from(ObjectNode config) {
        return new CosineDecayRestarts(
                config.get("initial_learning_rate").asDouble(), config.get("first_decay_steps").asLong())
                .tMul(Json.number(config, "t_mul", 2)).mMul(Json.number(config, "m_mul", 1))
                .alpha(Json.number(config, "alpha", 0)).name(Json.text(config, "name", DEFAULT_NAME));
    }

    /** How many times as long as the one before a period is. Default: 2. */
    public CosineDecayRestarts tMul(double newTMul) {
        tMul = newTMul;
        return this;
    }

    /** How many times as high as the one before a period begins. Default: 1. */
    public CosineDecayRestarts mMul(double newMMul) {
        mMul = newMMul;
        return this;
    }

    /** What is left at the end of a period, as a share of the initial learning rate. Default: 0. */
    public CosineDecayRestarts alpha(double newAlpha) {
        alpha = newAlpha;
        return this;
    }

    /** What it is called in files. Default: SGDRDecay. */
    public CosineDecayRestarts name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public Tensor call(Tensor step) {
        Tensor passed = Ops.divide(Ops.cast(step, Configuration.floatx()), firstDecaySteps);
        Tensor period = Ops.floor(tMul == 1 ? passed : periods(passed));
        Tensor share = Ops.subtract(passed, period);
        if (tMul != 1) {
            Tensor length = Ops.power(tMul, period);
            Tensor begin = Ops.divide(Ops.subtract(1, length), 1 - tMul);
            share = Ops.divide(Ops.subtract(passed, begin), length);
        }
        Tensor height = Ops.multiply(0.5, Ops.power(mMul, period));
        Tensor cosine = Ops.multiply(height, Ops.add(1, Ops.cos(Ops.multiply(Math.PI, share))));
        return Ops.multiply(initialLearningRate, Ops.add(Ops.multiply(1 - alpha, cosine), alpha));
    }

    /** How many periods are over, with a fraction: where the sum of the geometric series of their lengths stands. */
    private Tensor periods(Tensor passed) {
        Tensor sum = Ops.subtract(1, Ops.multiply(passed, 1 - tMul));
        return Ops.divide(Ops.log(sum), Math.log(tMul));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("initial_learning_rate", initialLearningRate)
                .put("first_decay_steps", firstDecaySteps).put("t_mul", tMul).put("m_mul", mMul).put("alpha", alpha)
                .put("name", name);
    }
}
