package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/** How often the class with the highest prediction is the right one; targets are class indices. */
public final class SparseCategoricalAccuracy extends MeanOf<SparseCategoricalAccuracy> {
    /** Named {@code "sparse_categorical_accuracy"}. */
    public SparseCategoricalAccuracy() {
        super("sparse_categorical_accuracy", Direction.UP);
    }

    static SparseCategoricalAccuracy from(JsonNode config) {
        return new SparseCategoricalAccuracy().configure(config);
    }

    @Override
    SparseCategoricalAccuracy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.sparseCategoricalAccuracy(yTrue, yPred);
    }
}
