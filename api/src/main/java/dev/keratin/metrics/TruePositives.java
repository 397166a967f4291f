package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/** How much is true and was predicted to be. */
public final class TruePositives extends ConfusionMetric<TruePositives> {
    /** Named {@code "true_positives"}, with the threshold 0.5. */
    public TruePositives() {
        super("true_positives", Cell.TRUE_POSITIVES);
    }

    /** With the given thresholds, from 0 to 1. */
    public TruePositives(double... thresholds) {
        this();
        thresholds(thresholds);
    }

    static TruePositives from(JsonNode config) {
        return new TruePositives().configureThresholds(config);
    }

    @Override
    TruePositives self() {
        return this;
    }

    /** The sum of the weights; a copy. */
    @Override
    public Tensor result() {
        return perThreshold(Ops.add(counts().get(Cell.TRUE_POSITIVES), 0));
    }
}
