package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * A learning rate that falls as one over time: {@code initial / (1 + decayRate * step / decaySteps)}.
 *
 * <p>With {@code staircase} {@code step / decaySteps} is cut to a whole number.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/">Keras: InverseTimeDecay</a>
 */
public final class InverseTimeDecay implements LearningRateSchedule {
    private final double initialLearningRate;
    private final long decaySteps;
    private final double decayRate;
    private boolean staircase;
    private String name = "InverseTimeDecay";

    /**
     * Without staircase.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param decaySteps the unit of time in steps; above 0
     * @param decayRate how much is added to the divisor in one unit of time
     */
    public InverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate) {
        this.initialLearningRate = initialLearningRate;
        this.decaySteps = Requirements.positive("InverseTimeDecay", "decaySteps", decaySteps);
        this.decayRate = decayRate;
    }

    static InverseTimeDecay from(ObjectNode config) {
        return new InverseTimeDecay(config.get("initial_learning_rate").asDouble(), config.get("decay_steps").asLong(),
                config.get("decay_rate").asDouble()).staircase(Json.bool(config, "staircase", false))
                .name(Json.text(config, "name", "InverseTimeDecay"));
    }

    /** Whether the learning rate falls in stairs of {@code decaySteps} instead of evenly. Default: false. */
    public InverseTimeDecay staircase(boolean newStaircase) {
        staircase = newStaircase;
        return this;
    }

    /** What it is called in files. Default: the name of the class. */
    public InverseTimeDecay name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public Tensor call(Tensor step) {
        Tensor stairs = Ops.divide(Ops.cast(step, Configuration.floatx()), decaySteps);
        Tensor p = staircase ? Ops.floor(stairs) : stairs;
        return Ops.divide(initialLearningRate, Ops.add(Ops.multiply(decayRate, p), 1));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("initial_learning_rate", initialLearningRate).put("decay_steps", decaySteps)
                .put("decay_rate", decayRate).put("staircase", staircase).put("name", name);
    }
}
