package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * Multiplies the learning rate by a factor again and again: {@code initial * decayRate^(step / decaySteps)}.
 *
 * <p>With {@code staircase} the exponent is cut to a whole number.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/">Keras: ExponentialDecay</a>
 */
public final class ExponentialDecay implements LearningRateSchedule {
    private final double initialLearningRate;
    private final long decaySteps;
    private final double decayRate;
    private boolean staircase;
    private String name = "ExponentialDecay";

    /**
     * Without staircase.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param decaySteps after how many steps it has been multiplied once; above 0
     * @param decayRate the factor
     */
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate) {
        this.initialLearningRate = initialLearningRate;
        this.decaySteps = Requirements.positive("ExponentialDecay", "decaySteps", decaySteps);
        this.decayRate = decayRate;
    }

    static ExponentialDecay from(ObjectNode config) {
        return new ExponentialDecay(config.get("initial_learning_rate").asDouble(), config.get("decay_steps").asLong(),
                config.get("decay_rate").asDouble()).staircase(Json.bool(config, "staircase", false))
                .name(Json.text(config, "name", "ExponentialDecay"));
    }

    /** Whether the learning rate falls in stairs of {@code decaySteps} instead of evenly. Default: false. */
    public ExponentialDecay staircase(boolean newStaircase) {
        staircase = newStaircase;
        return this;
    }

    /** What it is called in files. Default: the name of the class. */
    public ExponentialDecay name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public Tensor call(Tensor step) {
        Tensor stairs = Ops.divide(Ops.cast(step, Configuration.floatx()), decaySteps);
        Tensor p = staircase ? Ops.floor(stairs) : stairs;
        return Ops.multiply(initialLearningRate, Ops.power(decayRate, p));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("initial_learning_rate", initialLearningRate).put("decay_steps", decaySteps)
                .put("decay_rate", decayRate).put("staircase", staircase).put("name", name);
    }
}
