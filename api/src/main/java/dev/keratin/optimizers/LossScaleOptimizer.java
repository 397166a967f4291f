package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another optimizer with a loss scale that adapts, so that float16 gradients neither vanish nor overflow. A step with an
 * infinite or NaN gradient changes nothing but the scale, which is halved; after {@code dynamicGrowthSteps} good steps in
 * a row it is doubled.
 *
 * @see <a href="https://keras.io/api/optimizers/loss_scale_optimizer/">Keras: LossScaleOptimizer</a>
 */
public final class LossScaleOptimizer extends Optimizer {
    private static final String NAME = "loss_scale_optimizer";
    private static final double INITIAL_SCALE = 32768;
    private static final int GROWTH_STEPS = 2000;

    private final BaseOptimizer<?> inner;
    private final Variable iteration = Slots.scalar("iteration", DType.INT64, 0);
    private final Variable unusedLearningRate = Slots.scalar("learning_rate", DType.FLOAT32, 0);
    private final Variable stepCounter = Slots.scalar("step_counter", DType.INT64, 0);
    private final Variable dynamicScale = Slots.scalar("dynamic_scale", DType.FLOAT32, INITIAL_SCALE);
    private double initialScale = INITIAL_SCALE;
    private int dynamicGrowthSteps = GROWTH_STEPS;
    private String name = NAME;

    /**
     * Scales the loss for another optimizer.
     *
     * @param inner does the steps; its own loss scale factor is not used
     * @throws IllegalArgumentException if it is a wrapper itself
     */
    public LossScaleOptimizer(Optimizer inner) {
        this.inner = BaseOptimizer.requirePlain(NAME, inner);
        this.inner.lossScaleFactor(null);
    }

    static LossScaleOptimizer from(ObjectNode config) {
        return new LossScaleOptimizer(Optimizers.registry().deserialize(config.get("inner_optimizer")))
                .initialScale(Json.number(config, "initial_scale", INITIAL_SCALE))
                .dynamicGrowthSteps(Json.integer(config, "dynamic_growth_steps", GROWTH_STEPS))
                .name(Json.text(config, "name", NAME));
    }

    /** The loss scale of the first step. Default: 32768. */
    public LossScaleOptimizer initialScale(double newScale) {
        initialScale = newScale;
        dynamicScale.assign(Slots.filled(dynamicScale.type(), newScale));
        return this;
    }

    /** After how many good steps in a row the scale is doubled. Default: 2000. */
    public LossScaleOptimizer dynamicGrowthSteps(int newSteps) {
        dynamicGrowthSteps = newSteps;
        return this;
    }

    /** What it is called in messages and files. Default: loss_scale_optimizer. */
    public LossScaleOptimizer name(String newName) {
        name = newName;
        return this;
    }

    /** The optimizer that does the steps. */
    public Optimizer innerOptimizer() {
        return inner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isBuilt() {
        return inner.isBuilt();
    }

    @Override
    public void build(List<Variable> trainable) {
        inner.build(trainable);
    }

    @Override
    void apply(List<? extends @Nullable Tensor> gradients, List<Variable> variables, @Nullable Tensor condition) {
        TensorScope scope = new TensorScope();
        try {
            GradientList given = GradientList.of(this, gradients, variables);
            Tensor scale = dynamicScale.value();
            Tensor finite = given.gradients().stream().map(each -> Ops.all(Ops.isfinite(each)))
                    .reduce(Ops::logicalAnd).orElseThrow();
            List<@Nullable Tensor> unscaled = new ArrayList<>();
            gradients.forEach(each -> unscaled.add(each == null ? null : Ops.divide(each, scale)));
            inner.apply(unscaled, variables, new Gate(condition).and(finite).open());
            adapt(finite, new Gate(condition));
        } finally {
            scope.close();
        }
    }

    private void adapt(Tensor finite, Gate gate) {
        Tensor due = Ops.equal(stepCounter.value(), dynamicGrowthSteps - 1);
        Tensor factor = Ops.where(finite, Ops.where(due, 2.0, 1.0), 0.5);
        Tensor counts = Ops.logicalAnd(finite, Ops.logicalNot(due));
        gate.assign(stepCounter, Ops.where(counts, Ops.add(stepCounter.value(), 1), 0));
        gate.assign(dynamicScale, Ops.multiply(dynamicScale.value(), Ops.cast(factor, DType.FLOAT32)));
    }

    @Override
    public List<Variable> variables() {
        List<Variable> variables = new ArrayList<>(List.of(iteration, unusedLearningRate));
        if (isBuilt()) {
            variables.add(stepCounter);
            variables.add(dynamicScale);
        }
        variables.addAll(inner.variables());
        return List.copyOf(variables);
    }

    @Override
    public Variable iterations() {
        return inner.iterations();
    }

    @Override
    public Tensor learningRate() {
        return inner.learningRate();
    }

    @Override
    public LossScaleOptimizer learningRate(double value) {
        inner.learningRate(value);
        return this;
    }

    @Override
    public LossScaleOptimizer learningRate(LearningRateSchedule schedule) {
        inner.learningRate(schedule);
        return this;
    }

    @Override
    public Tensor scaleLoss(Tensor loss) {
        return Ops.multiply(loss, Ops.cast(dynamicScale.value(), loss.dtype()));
    }

    @Override
    public void finalizeVariableValues(List<Variable> variables) {
        inner.finalizeVariableValues(variables);
    }

    @Override
    public @Nullable Variable average(Variable variable) {
        return inner.average(variable);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object().put("name", name);
        config.set("inner_optimizer", Optimizers.registry().serialize(inner));
        return config.put("initial_scale", initialScale).put("dynamic_growth_steps", dynamicGrowthSteps);
    }
}
