package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/** How much is false and was predicted to be. */
public final class TrueNegatives extends ConfusionMetric<TrueNegatives> {
    /** Named {@code "true_negatives"}, with the threshold 0.5. */
    public TrueNegatives() {
        super("true_negatives", Cell.TRUE_NEGATIVES);
    }

    /** With the given thresholds, from 0 to 1. */
    public TrueNegatives(double... thresholds) {
        this();
        thresholds(thresholds);
    }

    static TrueNegatives from(JsonNode config) {
        return new TrueNegatives().configureThresholds(config);
    }

    @Override
    TrueNegatives self() {
        return this;
    }

    /** The sum of the weights; a copy. */
    @Override
    public Tensor result() {
        return perThreshold(Ops.add(counts().get(Cell.TRUE_NEGATIVES), 0));
    }
}
