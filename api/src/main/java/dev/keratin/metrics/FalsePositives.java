package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/** How much is false and was predicted to be true. */
public final class FalsePositives extends ConfusionMetric<FalsePositives> {
    /** Named {@code "false_positives"}, with the threshold 0.5. */
    public FalsePositives() {
        super("false_positives", Cell.FALSE_POSITIVES);
    }

    /** With the given thresholds, from 0 to 1. */
    public FalsePositives(double... thresholds) {
        this();
        thresholds(thresholds);
    }

    static FalsePositives from(JsonNode config) {
        return new FalsePositives().configureThresholds(config);
    }

    @Override
    FalsePositives self() {
        return this;
    }

    /** The sum of the weights; a copy. */
    @Override
    public Tensor result() {
        return perThreshold(Ops.add(counts().get(Cell.FALSE_POSITIVES), 0));
    }
}
