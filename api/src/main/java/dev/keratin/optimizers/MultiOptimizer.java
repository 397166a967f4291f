package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Different optimizers for different variables of one model.
 *
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public final class MultiOptimizer extends Optimizer {
    private static final String NAME = "multi_optimizer";

    private final OptimizerMap map;
    private final List<BaseOptimizer<?>> optimizers;
    private final Variable iteration = Slots.scalar("iteration", DType.INT64, 0);
    private final Variable unusedLearningRate = Slots.scalar("learning_rate", DType.FLOAT32, 0);
    private @Nullable Double lossScaleFactor;
    private String name = NAME;
    private boolean built;

    /** With the optimizers of a map; their loss scale factors are not used. */
    public MultiOptimizer(OptimizerMap map) {
        this.map = map;
        this.optimizers = map.optimizers();
        optimizers.forEach(each -> each.lossScaleFactor(null));
    }

    static MultiOptimizer from(ObjectNode config) {
        MultiOptimizer optimizer = new MultiOptimizer(OptimizerMap.from(config.get("optimizer_map")))
                .name(Json.text(config, "name", NAME));
        Double factor = Json.number(config, "loss_scale_factor");
        return factor == null ? optimizer : optimizer.lossScaleFactor(factor);
    }

    /** What the loss is multiplied by before it is differentiated, and gradients are divided by. Default: none. */
    public MultiOptimizer lossScaleFactor(double newFactor) {
        lossScaleFactor = newFactor;
        optimizers.forEach(each -> each.lossScaleFactor(newFactor));
        return this;
    }

    /** What it is called in messages and files. Default: multi_optimizer. */
    public MultiOptimizer name(String newName) {
        name = newName;
        return this;
    }

    /** The optimizers: those of names, then the default. */
    public List<Optimizer> optimizers() {
        return List.copyOf(optimizers);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isBuilt() {
        return built;
    }

    @Override
    public void build(List<Variable> trainable) {
        for (BaseOptimizer<?> optimizer : optimizers) {
            List<Variable> own = trainable.stream().filter(each -> map.of(each) == optimizer).toList();
            if (!own.isEmpty()) {
                optimizer.build(own);
            }
        }
        built = true;
    }

    @Override
    void apply(List<? extends @Nullable Tensor> gradients, List<Variable> variables, @Nullable Tensor condition) {
        if (gradients.isEmpty()) {
            return;
        }
        GradientList.of(this, gradients, variables);
        build(variables);
        for (BaseOptimizer<?> optimizer : optimizers) {
            List<@Nullable Tensor> ownGradients = new ArrayList<>();
            List<Variable> own = new ArrayList<>();
            for (int i = 0; i < variables.size(); i++) {
                if (map.of(variables.get(i)) == optimizer) {
                    ownGradients.add(gradients.get(i));
                    own.add(variables.get(i));
                }
            }
            optimizer.apply(ownGradients, own, condition);
        }
        try (Tensor next = Ops.add(iteration.value(), 1)) {
            new Gate(condition).assign(iteration, next);
        }
    }

    @Override
    public List<Variable> variables() {
        List<Variable> variables = new ArrayList<>(List.of(iteration, unusedLearningRate));
        optimizers.forEach(each -> variables.addAll(each.variables()));
        return List.copyOf(variables);
    }

    @Override
    public Variable iterations() {
        return iteration;
    }

    @Override
    public Tensor learningRate() {
        throw noLearningRate();
    }

    @Override
    public MultiOptimizer learningRate(double value) {
        throw noLearningRate();
    }

    @Override
    public MultiOptimizer learningRate(LearningRateSchedule schedule) {
        throw noLearningRate();
    }

    @Override
    public Tensor scaleLoss(Tensor loss) {
        return lossScaleFactor == null ? loss : Ops.multiply(loss, lossScaleFactor);
    }

    @Override
    public void finalizeVariableValues(List<Variable> variables) {
        for (BaseOptimizer<?> optimizer : optimizers) {
            optimizer.finalizeVariableValues(variables.stream().filter(each -> map.of(each) == optimizer).toList());
        }
    }

    @Override
    public @Nullable Variable average(Variable variable) {
        return map.of(variable).average(variable);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        config.set("optimizer_map", map.serialize());
        return config.put("loss_scale_factor", lossScaleFactor).put("name", name);
    }

    private IllegalStateException noLearningRate() {
        return new IllegalStateException(this + ": one learning rate for all variables is required. Received: "
                + optimizers.size() + " optimizers with learning rates of their own. Use those of optimizers().");
    }
}
