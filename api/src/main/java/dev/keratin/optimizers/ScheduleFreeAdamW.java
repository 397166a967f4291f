package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * {@link Adam} that averages its steps instead of needing a schedule. The variable holds the point where gradients are
 * taken, between the average and the last step.
 *
 * <pre>{@code
 * v = v + (g^2 - v) * (1 - beta2)
 * z' = z - rate * g / (sqrt(v / (1 - beta2^t)) + epsilon)             z = w in the beginning, t = 1 in the first step
 * x = (w - (1 - beta1) * z') / beta1                                  the average so far
 * x' = (1 - 1/t) * x + 1/t * z'
 * w = (1 - beta1) * z' + beta1 * x'
 * }</pre>
 *
 * <p>The paper has {@code z} in the third line; Keras computes with {@code z'} on TensorFlow, and so does this.
 *
 * @see <a href="https://keras.io/api/optimizers/schedule_free_adamw/">Keras: ScheduleFreeAdamW</a>
 * @see <a href="https://arxiv.org/abs/2405.15682">Defazio et al., 2024</a>
 */
public final class ScheduleFreeAdamW extends MomentOptimizer<ScheduleFreeAdamW> {
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";

    private static final double EPSILON = 1e-8;

    private int warmupSteps;

    /** With a learning rate of 0.0025. */
    public ScheduleFreeAdamW() {
        this(0.0025);
    }

    /** With a learning rate. */
    public ScheduleFreeAdamW(double learningRate) {
        super(learningRate);
        epsilon(EPSILON);
    }

    /** With a learning rate that follows a schedule. */
    public ScheduleFreeAdamW(LearningRateSchedule schedule) {
        super(schedule);
        epsilon(EPSILON);
    }

    static ScheduleFreeAdamW from(ObjectNode config) {
        return new ScheduleFreeAdamW().configure(config);
    }

    /** Over how many steps the learning rate rises from 0 along a line. Default: 0. */
    public ScheduleFreeAdamW warmupSteps(int newWarmupSteps) {
        warmupSteps = newWarmupSteps;
        return this;
    }

    @Override
    protected ScheduleFreeAdamW configure(ObjectNode config) {
        warmupSteps = Json.integer(config, "warmup_steps", warmupSteps);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(MOMENTUM, VELOCITY);
        slots.trainable().forEach(each -> slots.get(each, MOMENTUM).assign(each.value().toBytes()));
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor v = u.move(VELOCITY, Ops.square(g), 1 - beta2());
        Tensor bias = u.biasCorrection(beta2());
        Tensor size = Ops.add(Ops.sqrt(Ops.divide(v, bias)), epsilon());
        Tensor change = Ops.divide(Ops.multiply(rate(u), g), size);
        Tensor z = u.set(MOMENTUM, Ops.subtract(u.slot(MOMENTUM), change));
        Tensor x = Ops.divide(Ops.subtract(u.value(), Ops.multiply(1 - beta1(), z)), beta1());
        Tensor share = Ops.divide(1, u.number());
        Tensor mean = Ops.add(Ops.multiply(Ops.subtract(1, share), x), Ops.multiply(share, z));
        return Ops.add(Ops.multiply(1 - beta1(), z), Ops.multiply(beta1(), mean));
    }

    private Tensor rate(Update u) {
        return warmupSteps == 0 ? u.learningRate()
                : Ops.multiply(u.learningRate(), Ops.minimum(Ops.divide(u.number(), warmupSteps), 1));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("warmup_steps", warmupSteps);
    }
}
