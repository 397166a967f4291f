package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * A learning rate that falls to an end along a power:
 * {@code (initial - end) * (1 - min(step, decaySteps) / decaySteps)^power + end}.
 *
 * <p>With {@code cycle} it rises again when the end is reached: {@code decaySteps} becomes its smallest multiple that is
 * not below {@code step}.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/">Keras: PolynomialDecay</a>
 */
public final class PolynomialDecay implements LearningRateSchedule {
    private static final double END = 0.0001;

    private final double initialLearningRate;
    private final long decaySteps;
    private double endLearningRate = END;
    private double power = 1;
    private boolean cycle;
    private String name = "PolynomialDecay";

    /**
     * Falls to 0.0001 along a line.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param decaySteps after how many steps the end is reached; above 0
     */
    public PolynomialDecay(double initialLearningRate, long decaySteps) {
        this.initialLearningRate = initialLearningRate;
        this.decaySteps = Requirements.positive("PolynomialDecay", "decaySteps", decaySteps);
    }

    static PolynomialDecay from(ObjectNode config) {
        return new PolynomialDecay(config.get("initial_learning_rate").asDouble(), config.get("decay_steps").asLong())
                .endLearningRate(Json.number(config, "end_learning_rate", END)).power(Json.number(config, "power", 1))
                .cycle(Json.bool(config, "cycle", false)).name(Json.text(config, "name", "PolynomialDecay"));
    }

    /** The learning rate at the end. Default: 0.0001. */
    public PolynomialDecay endLearningRate(double newEnd) {
        endLearningRate = newEnd;
        return this;
    }

    /** The exponent. Default: 1, a line. */
    public PolynomialDecay power(double newPower) {
        power = newPower;
        return this;
    }

    /** Whether it starts again at the end. Default: false. */
    public PolynomialDecay cycle(boolean newCycle) {
        cycle = newCycle;
        return this;
    }

    /** What it is called in files. Default: the name of the class. */
    public PolynomialDecay name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public Tensor call(Tensor step) {
        Tensor number = Ops.cast(step, Configuration.floatx());
        Tensor share = cycle ? Ops.divide(number, end(number)) : Ops.divide(Ops.minimum(number, decaySteps), decaySteps);
        Tensor left = Ops.power(Ops.subtract(1, share), power);
        return Ops.add(Ops.multiply(initialLearningRate - endLearningRate, left), endLearningRate);
    }

    private Tensor end(Tensor number) {
        Tensor cycles = Ops.ceil(Ops.divide(number, decaySteps));
        return Ops.multiply(decaySteps, Ops.where(Ops.equal(number, 0), 1, cycles));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("initial_learning_rate", initialLearningRate).put("decay_steps", decaySteps)
                .put("end_learning_rate", endLearningRate).put("power", power).put("cycle", cycle).put("name", name);
    }
}
