package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * A learning rate that falls along half a cosine, after rising along a line if asked for.
 *
 * <pre>{@code
 * step < warmupSteps:   initial + (warmupTarget - initial) * step / warmupSteps
 * after that:           top * ((1 - alpha) * 0.5 * (1 + cos(pi * s / decaySteps)) + alpha)
 * }</pre>
 *
 * <p>{@code s} counts from the end of the rise, up to {@code decaySteps}; {@code top} is the target of the rise, or the
 * initial learning rate if there is none.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/">Keras: CosineDecay</a>
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, 2016</a>
 */
public final class CosineDecay implements LearningRateSchedule {
    private final double initialLearningRate;
    private final long decaySteps;
    private double alpha;
    private @Nullable Double warmupTarget;
    private long warmupSteps;
    private String name = "CosineDecay";

    /**
     * Falls to 0 without a rise before.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param decaySteps how many steps the fall takes; above 0
     */
    public CosineDecay(double initialLearningRate, long decaySteps) {
        this.initialLearningRate = initialLearningRate;
        this.decaySteps = Requirements.positive("CosineDecay", "decaySteps", decaySteps);
    }

    static CosineDecay from(ObjectNode config) {
        CosineDecay schedule =
                new CosineDecay(config.get("initial_learning_rate").asDouble(), config.get("decay_steps").asLong())
                        .alpha(Json.number(config, "alpha", 0)).warmupSteps(Json.integer(config, "warmup_steps", 0))
                        .name(Json.text(config, "name", "CosineDecay"));
        schedule.warmupTarget = Json.number(config, "warmup_target");
        return schedule;
    }

    /** What is left at the end, as a share of the highest learning rate. Default: 0. */
    public CosineDecay alpha(double newAlpha) {
        alpha = newAlpha;
        return this;
    }

    /** The learning rate at the end of the rise. Default: no rise. */
    public CosineDecay warmupTarget(double newTarget) {
        warmupTarget = newTarget;
        return this;
    }

    /** How many steps the rise takes; counts only with a target. Default: 0. */
    public CosineDecay warmupSteps(long newSteps) {
        warmupSteps = newSteps;
        return this;
    }

    /** What it is called in files. Default: the name of the class. */
    public CosineDecay name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public Tensor call(Tensor step) {
        Tensor number = Ops.cast(step, Configuration.floatx());
        Double target = warmupTarget;
        if (target == null) {
            return fall(number, initialLearningRate);
        }
        Tensor rise = Ops.add(Ops.multiply(target - initialLearningRate, Ops.divide(number, warmupSteps)),
                initialLearningRate);
        return Ops.where(Ops.less(number, warmupSteps), rise, fall(Ops.subtract(number, warmupSteps), target));
    }

    private Tensor fall(Tensor number, double top) {
        Tensor share = Ops.divide(Ops.minimum(number, decaySteps), decaySteps);
        Tensor cosine = Ops.multiply(0.5, Ops.add(1, Ops.cos(Ops.multiply(Math.PI, share))));
        return Ops.multiply(top, Ops.add(Ops.multiply(1 - alpha, cosine), alpha));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("initial_learning_rate", initialLearningRate).put("decay_steps", decaySteps)
                .put("alpha", alpha).put("name", name).put("warmup_target", warmupTarget)
                .put("warmup_steps", warmupSteps);
    }
}
