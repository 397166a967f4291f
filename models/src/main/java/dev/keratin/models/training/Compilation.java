package dev.keratin.models.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.DTypePolicy;
import dev.keratin.backend.DType;
import dev.keratin.losses.Loss;
import dev.keratin.losses.Losses;
import dev.keratin.optimizers.LossScaleOptimizer;
import dev.keratin.optimizers.Optimizer;
import dev.keratin.optimizers.Optimizers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All arguments of {@code compile}, for when the short form is not enough. Setters change and return this object.
 *
 * <p>A loss, metric or optimizer may be given as an object or by its Keras name. What belongs to outputs is given as one
 * object for all, as a list in the order of the outputs, or as a map by the names of the outputs.
 */
public final class Compilation {
    private final Optimizer optimizer;
    private final @Nullable Object loss;
    private Object metrics = List.of();
    private Object weightedMetrics = List.of();
    private Object lossWeights = List.of();
    private boolean runEagerly;
    private boolean autoScaleLoss = true;

    /**
     * An optimizer and a loss.
     *
     * @param optimizer an {@link Optimizer} or a name such as {@code "adam"}
     * @param loss a {@link Loss}, a name such as {@code "mse"}, a list or a map; null to train on {@code addLoss} alone
     */
    public Compilation(Object optimizer, @Nullable Object loss) {
        this.optimizer = optimizer(optimizer);
        this.loss = loss;
    }

    private static Optimizer optimizer(Object given) {
        if (given instanceof Optimizer) {
            return (Optimizer) given;
        } else if (given instanceof String) {
            return Optimizers.get((String) given);
        }
        throw new IllegalArgumentException("compile: an optimizer or its name is required. Received: " + given + ".");
    }

    /** What is reported beside the loss: for a single output any number, for several a list or map of them. */
    public Compilation metrics(Object... newMetrics) {
        metrics = single(newMetrics);
        return this;
    }

    /** Metrics that sample weights and class weights apply to. */
    public Compilation weightedMetrics(Object... newMetrics) {
        weightedMetrics = single(newMetrics);
        return this;
    }

    /** A factor for the loss of each output. */
    public Compilation lossWeights(double... weights) {
        List<Double> list = new ArrayList<>();
        for (double weight : weights) {
            list.add(weight);
        }
        lossWeights = list;
        return this;
    }

    /** A factor for the loss of each output, by name. */
    public Compilation lossWeights(Map<String, Double> weights) {
        lossWeights = Map.copyOf(weights);
        return this;
    }

    /** Whether steps run op by op instead of as one compiled program, to look into them; false by default. */
    public Compilation runEagerly(boolean eagerly) {
        runEagerly = eagerly;
        return this;
    }

    /**
     * Whether a model of the policy {@code "mixed_float16"} is trained with a {@link LossScaleOptimizer} around the given
     * optimizer; true by default.
     */
    public Compilation autoScaleLoss(boolean scale) {
        autoScaleLoss = scale;
        return this;
    }

    private static Object single(Object... given) {
        return given.length == 1 && (given[0] instanceof Collection || given[0] instanceof Map) ? given[0] : List.of(given);
    }

    /** These arguments as Keras files hold them, under {@code compile_config}. A new object. */
    public ObjectNode config() {
        return CompilationConfig.write(this);
    }

    /**
     * The arguments that a Keras file holds under {@code compile_config}.
     *
     * @throws IllegalArgumentException if it names an optimizer, loss or metric that is unknown
     */
    public static Compilation from(JsonNode config) {
        return CompilationConfig.read(config);
    }

    /** As it was given. */
    Optimizer optimizer() {
        return optimizer;
    }

    /** What a model of a policy is trained with. */
    Optimizer optimizerFor(DTypePolicy policy) {
        boolean scales = autoScaleLoss && policy.isMixed() && policy.computeDType() == DType.FLOAT16;
        return scales && !(optimizer instanceof LossScaleOptimizer) ? new LossScaleOptimizer(optimizer) : optimizer;
    }

    @Nullable Object givenLoss() {
        return loss;
    }

    Object givenMetrics() {
        return metrics;
    }

    Object givenWeightedMetrics() {
        return weightedMetrics;
    }

    Object givenLossWeights() {
        return lossWeights;
    }

    void givenLossWeights(@Nullable Object given) {
        lossWeights = given == null ? List.of() : given;
    }

    boolean runsEagerly() {
        return runEagerly;
    }

    /** One loss for each output; null where there is none. */
    List<@Nullable Loss> losses(List<String> outputs) {
        List<@Nullable Loss> losses = new ArrayList<>();
        for (Object each : perOutput("loss", loss, outputs)) {
            losses.add(loss(each));
        }
        return losses;
    }

    private static @Nullable Loss loss(@Nullable Object given) {
        if (given == null || given instanceof Loss) {
            return (Loss) given;
        } else if (given instanceof String) {
            return Losses.get((String) given);
        }
        throw new IllegalArgumentException("compile: a loss or its name is required. Received: " + given + ".");
    }

    List<Double> lossWeights(List<String> outputs) {
        Object given = lossWeights instanceof Collection && ((Collection<?>) lossWeights).isEmpty() ? 1.0 : lossWeights;
        List<Double> weights = new ArrayList<>();
        for (Object each : perOutput("lossWeights", given, outputs)) {
            weights.add(each == null ? 1.0 : ((Number) each).doubleValue());
        }
        return weights;
    }

    List<List<Object>> metrics(List<String> outputs) {
        return metricLists("metrics", metrics, outputs);
    }

    List<List<Object>> weightedMetrics(List<String> outputs) {
        return metricLists("weightedMetrics", weightedMetrics, outputs);
    }

    private static List<List<Object>> metricLists(String what, Object given, List<String> outputs) {
        List<List<Object>> lists = new ArrayList<>();
        boolean all = outputs.size() == 1 && given instanceof Collection;
        boolean none = given instanceof Collection && ((Collection<?>) given).isEmpty();
        for (Object each : perOutput(what, none ? null : all ? List.of(given) : given, outputs)) {
            lists.add(each == null ? List.of() : each instanceof Collection ? List.copyOf((Collection<?>) each) : List.of(each));
        }
        return lists;
    }

    /** What is given for each output: the same for all, by position, or by name. */
    private static List<@Nullable Object> perOutput(String what, @Nullable Object given, List<String> outputs) {
        List<@Nullable Object> each = new ArrayList<>();
        if (given instanceof Map) {
            Map<?, ?> byName = new LinkedHashMap<>((Map<?, ?>) given);
            outputs.forEach(name -> each.add(byName.remove(name)));
            if (!byName.isEmpty()) {
                throw new IllegalArgumentException("compile: " + what + " by the names of outputs, " + outputs
                        + ", is required. Received: " + byName.keySet() + " too.");
            }
        } else if (given instanceof Collection) {
            each.addAll((Collection<?>) given);
            if (each.size() != outputs.size()) {
                throw new IllegalArgumentException("compile: one of " + what + " for each of the " + outputs.size()
                        + " outputs is required. Received: " + each.size() + ".");
            }
        } else {
            outputs.forEach(name -> each.add(given));
        }
        return each;
    }
}
