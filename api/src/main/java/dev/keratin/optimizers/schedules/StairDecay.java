package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * A learning rate that falls with {@code step / decaySteps}, evenly or in stairs.
 *
 * @param <T> the class itself
 */
abstract class StairDecay<T extends StairDecay<T>> implements LearningRateSchedule {
    private final double initialLearningRate;
    private final long decaySteps;
    private final double decayRate;
    private boolean staircase;
    private String name = getClass().getSimpleName();

    StairDecay(double initialLearningRate, long decaySteps, double decayRate) {
        this.initialLearningRate = initialLearningRate;
        this.decaySteps = Requirements.positive(name, "decaySteps", decaySteps);
        this.decayRate = decayRate;
    }

    StairDecay(ObjectNode config) {
        this(config.get("initial_learning_rate").asDouble(), config.get("decay_steps").asLong(),
                config.get("decay_rate").asDouble());
        staircase = Json.bool(config, "staircase", false);
        name = Json.text(config, "name", name);
    }

    abstract T self();

    /** The learning rate after so many times {@code decaySteps}; floatx. */
    abstract Tensor decayed(double initial, double rate, Tensor times);

    /** Whether the learning rate falls in stairs of {@code decaySteps} instead of evenly. Default: false. */
    public final T staircase(boolean newStaircase) {
        staircase = newStaircase;
        return self();
    }

    /** What it is called in files. Default: the name of the class. */
    public final T name(String newName) {
        name = newName;
        return self();
    }

    @Override
    public final Tensor call(Tensor step) {
        Tensor times = Ops.divide(Ops.cast(step, Configuration.floatx()), decaySteps);
        return decayed(initialLearningRate, decayRate, staircase ? Ops.floor(times) : times);
    }

    @Override
    public final ObjectNode config() {
        return Json.object().put("initial_learning_rate", initialLearningRate).put("decay_steps", decaySteps)
                .put("decay_rate", decayRate).put("staircase", staircase).put("name", name);
    }
}
