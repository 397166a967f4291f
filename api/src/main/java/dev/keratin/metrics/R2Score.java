package dev.keratin.metrics;

import static dev.keratin.Ops.divide;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.square;
import static dev.keratin.Ops.subtract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import dev.keratin.losses.Ranks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The coefficient of determination: one minus the share of the targets' variance that predictions [batch, outputs] leave.
 * 1 is perfect, 0 as good as the mean, below 0 worse than that.
 */
public final class R2Score extends StandardMetric<R2Score> {
    private static final List<String> AGGREGATIONS = Arrays.asList(null, "uniform_average", "variance_weighted_average");

    private @Nullable String classAggregation = "uniform_average";
    private int numRegressors;
    private @Nullable Variable samples;
    private final List<Variable> sums = new ArrayList<>();

    /** Named {@code "r2_score"}. */
    public R2Score() {
        super("r2_score");
    }

    static R2Score from(JsonNode config) {
        R2Score made = new R2Score().numRegressors(Json.integer(config, "num_regressors", 0));
        return (config.has("class_aggregation") ? made.classAggregation(Json.text(config, "class_aggregation")) : made)
                .configure(config);
    }

    /**
     * Sets what becomes of the scores of the outputs: {@code "uniform_average"} (unless set),
     * {@code "variance_weighted_average"}, or null to leave them apart.
     */
    public R2Score classAggregation(@Nullable String classAggregation) {
        if (!AGGREGATIONS.contains(classAggregation)) {
            throw new IllegalArgumentException("R2Score: classAggregation of " + AGGREGATIONS + " is required. Received: \""
                    + classAggregation + "\".");
        }
        this.classAggregation = classAggregation;
        return this;
    }

    /** Sets the number of independent inputs that the score is adjusted for; 0 (unless set) for the plain score. */
    public R2Score numRegressors(int numRegressors) {
        if (numRegressors < 0) {
            throw new IllegalArgumentException("R2Score: numRegressors of at least 0 is required. Received: "
                    + numRegressors + ".");
        }
        this.numRegressors = numRegressors;
        return this;
    }

    @Override
    R2Score self() {
        return this;
    }

    @Override
    void build() {
        samples = addVariable("num_samples");
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        Ranks same = Ranks.match(Ops.cast(yTrue, dtype()), Ops.cast(yPred, dtype()));
        Tensor target = same.first();
        if (target.rank() != 2 || same.second().rank() != 2) {
            throw new IllegalArgumentException("R2Score: targets and predictions [batch, outputs] are required. Received: yTrue="
                    + yTrue.type() + ", yPred=" + yPred.type() + ".");
        }
        makeVariables(same.second().shape().dim(1));
        Tensor given = sampleWeight == null ? Ops.scalar(dtype(), 1) : Ops.cast(sampleWeight, dtype());
        Tensor weight = Ops.broadcastTo(given.rank() == 1 ? Ops.expandDims(given, 1) : given, target.shape());
        Tensor residual = square(subtract(target, same.second()));
        List<Tensor> terms = List.of(square(target), target, residual, Ops.onesLike(target));
        for (int i = 0; i < terms.size(); i++) {
            sums.get(i).assignAdd(Ops.sum(multiply(terms.get(i), weight), 0));
        }
        samples().assignAdd(Ops.scalar(dtype(), target.size()));
    }

    private void makeVariables(long outputs) {
        ensureBuilt();
        if (sums.isEmpty()) {
            for (String name : List.of("squared_sum", "sum", "residual", "count")) {
                sums.add(addVariable(name, outputs));
            }
        }
    }

    @Override
    public Tensor result() {
        if (sums.isEmpty()) {
            throw new IllegalStateException("R2Score: a batch is required before the result. Received: none.");
        }
        Tensor sum = sums.get(1).value();
        Tensor total = subtract(sums.get(0).value(), multiply(sum, divide(sum, sums.get(3).value())));
        Tensor raw = subtract(1.0, divide(sums.get(2).value(), total));
        Tensor scores = Ops.where(Ops.isinf(raw), 0.0, raw);
        return numRegressors == 0 ? aggregated(scores, total) : adjusted(aggregated(scores, total));
    }

    private Tensor aggregated(Tensor scores, Tensor total) {
        if (classAggregation == null) {
            return scores;
        }
        return classAggregation.equals("uniform_average") ? Ops.mean(scores)
                : divide(Ops.sum(multiply(total, scores)), Ops.sum(total));
    }

    /** The plain score as long as there are too few samples. */
    private Tensor adjusted(Tensor score) {
        Tensor free = subtract(samples().value(), numRegressors + 1);
        Tensor enough = Ops.greater(free, 0);
        Tensor factor = divide(subtract(samples().value(), 1.0), Ops.where(enough, free, 1.0));
        return Ops.where(enough, subtract(1.0, multiply(subtract(1.0, score), factor)), score);
    }

    private Variable samples() {
        ensureBuilt();
        return Objects.requireNonNull(samples);
    }

    @Override
    public Direction direction() {
        return Direction.UP;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("class_aggregation", classAggregation).put("num_regressors", numRegressors);
    }
}
