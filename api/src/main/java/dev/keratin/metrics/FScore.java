package dev.keratin.metrics;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.subtract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weighted harmonic mean of precision and recall, for targets and predictions [batch, classes].
 *
 * @param <T> the class itself
 */
abstract class FScore<T extends FScore<T>> extends StandardMetric<T> {
    private static final List<String> AVERAGES = Arrays.asList(null, "micro", "macro", "weighted");

    private @Nullable String average;
    private double beta = 1.0;
    private @Nullable Double threshold;
    private final List<Variable> sums = new ArrayList<>();

    FScore(String name) {
        super(name);
    }

    /**
     * Sets what becomes of the scores of the classes: null (unless set) leaves them apart, {@code "macro"} gives their
     * mean, {@code "weighted"} their mean weighted by how often a class is true, {@code "micro"} one score over all.
     */
    public final T average(@Nullable String average) {
        if (!AVERAGES.contains(average)) {
            throw new IllegalArgumentException(className() + ": average of " + AVERAGES + " is required. Received: \""
                    + average + "\".");
        }
        this.average = average;
        return self();
    }

    /** Sets what predictions of true are above, from 0 to 1; null (unless set) for only the highest one of each sample. */
    public final T threshold(@Nullable Double threshold) {
        if (threshold != null && !(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(className() + ": a threshold above 0 and at most 1 is required. Received: "
                    + threshold + ".");
        }
        this.threshold = threshold;
        return self();
    }

    final void setBeta(double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(className() + ": beta above 0 is required. Received: " + value + ".");
        }
        beta = value;
    }

    @Override
    public final void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        if (yPred.rank() != 2 || yTrue.rank() != 2) {
            throw new IllegalArgumentException(className() + ": targets and predictions [batch, classes] are required."
                    + " Received: yTrue=" + yTrue.type() + ", yPred=" + yPred.type() + ".");
        }
        makeVariables(yPred.shape().dim(1));
        Tensor target = Ops.cast(yTrue, dtype());
        Tensor chosen = Ops.cast(positive(Ops.cast(yPred, dtype())), dtype());
        List<Tensor> counted = List.of(multiply(chosen, target), multiply(chosen, subtract(1.0, target)),
                multiply(subtract(1.0, chosen), target), target);
        for (int i = 0; i < counted.size(); i++) {
            sums.get(i).assignAdd(total(counted.get(i), sampleWeight));
        }
    }

    private void makeVariables(long classes) {
        if (sums.isEmpty()) {
            long[] dims = "micro".equals(average) ? new long[0] : new long[] {classes};
            for (String name : List.of("true_positives", "false_positives", "false_negatives", "intermediate_weights")) {
                sums.add(addVariable(name, dims));
            }
        }
    }

    private Tensor positive(Tensor yPred) {
        return threshold != null ? Ops.greater(yPred, threshold) : Ops.logicalAnd(
                Ops.greaterEqual(yPred, Ops.max(yPred, -1, true)), Ops.greater(Ops.abs(yPred), 1e-9));
    }

    private Tensor total(Tensor counted, @Nullable Tensor sampleWeight) {
        Tensor weighted = sampleWeight == null ? counted
                : multiply(counted, Ops.reshape(Ops.cast(sampleWeight, dtype()), -1, 1));
        return "micro".equals(average) ? Ops.sum(weighted) : Ops.sum(weighted, 0);
    }

    @Override
    public final Tensor result() {
        if (sums.isEmpty()) {
            throw new IllegalStateException(className() + ": a batch is required before the result. Received: none.");
        }
        Tensor right = sums.get(0).value();
        Tensor precision = share(right, add(right, sums.get(1).value()));
        Tensor recall = share(right, add(right, sums.get(2).value()));
        Tensor mean = share(multiply(precision, recall), add(multiply(precision, beta * beta), recall));
        return averaged(multiply(mean, 1 + beta * beta));
    }

    private Tensor averaged(Tensor scores) {
        if ("weighted".equals(average)) {
            Tensor weights = sums.get(3).value();
            return Ops.sum(multiply(scores, share(weights, Ops.sum(weights))));
        }
        return average == null ? scores : Ops.mean(scores);
    }

    private static Tensor share(Tensor part, Tensor whole) {
        return Ops.divide(part, add(whole, Configuration.epsilon()));
    }

    @Override
    public final Direction direction() {
        return Direction.UP;
    }

    final T configureAll(JsonNode config) {
        setBeta(Json.number(config, "beta", 1.0));
        return average(Json.text(config, "average")).threshold(Json.number(config, "threshold")).configure(config);
    }

    final double beta() {
        return beta;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("average", average).put("threshold", threshold);
    }
}
