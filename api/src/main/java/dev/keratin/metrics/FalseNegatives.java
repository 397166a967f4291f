package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/** How much is true and was predicted to be false. */
public final class FalseNegatives extends ConfusionMetric<FalseNegatives> {
    /** Named {@code "false_negatives"}, with the threshold 0.5. */
    public FalseNegatives() {
        super("false_negatives", Cell.FALSE_NEGATIVES);
    }

    /** With the given thresholds, from 0 to 1. */
    public FalseNegatives(double... thresholds) {
        this();
        thresholds(thresholds);
    }

    static FalseNegatives from(JsonNode config) {
        return new FalseNegatives().configureThresholds(config);
    }

    @Override
    FalseNegatives self() {
        return this;
    }

    /** The sum of the weights; a copy. */
    @Override
    public Tensor result() {
        return perThreshold(Ops.add(counts().get(Cell.FALSE_NEGATIVES), 0));
    }
}
