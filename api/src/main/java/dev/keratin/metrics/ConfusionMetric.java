package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A figure computed from cells of the confusion matrix at thresholds of one's choice.
 *
 * @param <T> the class itself
 */
abstract class ConfusionMetric<T extends ConfusionMetric<T>> extends StandardMetric<T> {
    private final List<Cell> cells;
    private double[] thresholds = {};
    private @Nullable ConfusionCounts counts;

    ConfusionMetric(String name, Cell... cells) {
        super(name);
        this.cells = List.of(cells);
    }

    /**
     * Sets what predictions of true are above, from 0 to 1; with several, the result has one element for each. 0.5
     * unless set.
     */
    public final T thresholds(double... thresholds) {
        Thresholds.given(className(), thresholds);
        this.thresholds = thresholds.clone();
        return self();
    }

    /** What all predictions are above, if no threshold is set. */
    double defaultThreshold() {
        return 0.5;
    }

    LabelledRows.Choice choice() {
        return LabelledRows.Choice.ALL;
    }

    @Override
    final void build() {
        Thresholds all = thresholds.length == 0
                ? Thresholds.single(defaultThreshold()) : Thresholds.given(className(), thresholds);
        counts = new ConfusionCounts(this, all, Shape.of(all.count()), cells);
    }

    @Override
    public final void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        counts().add(LabelledRows.of(
                new LabelledRows.Batch(yTrue, yPred, sampleWeight, dtype()), choice(), null, false));
    }

    final ConfusionCounts counts() {
        ensureBuilt();
        return Objects.requireNonNull(counts);
    }

    /** A scalar for a single threshold. */
    final Tensor perThreshold(Tensor figures) {
        return thresholds.length < 2 ? Ops.reshape(figures, Shape.scalar()) : figures;
    }

    final T configureThresholds(JsonNode config) {
        return thresholds(Thresholds.from(config)).configure(config);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("thresholds", Thresholds.toJson(thresholds));
        return config;
    }
}
