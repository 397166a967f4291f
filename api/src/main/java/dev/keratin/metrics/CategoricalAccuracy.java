package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/** How often the class with the highest prediction is the right one; targets are one-hot. */
public final class CategoricalAccuracy extends MeanOf<CategoricalAccuracy> {
    /** Named {@code "categorical_accuracy"}. */
    public CategoricalAccuracy() {
        super("categorical_accuracy", Direction.UP);
    }

    static CategoricalAccuracy from(JsonNode config) {
        return new CategoricalAccuracy().configure(config);
    }

    @Override
    CategoricalAccuracy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.categoricalAccuracy(yTrue, yPred);
    }
}
