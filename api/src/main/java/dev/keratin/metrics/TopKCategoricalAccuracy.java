package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** How often the right class is among the k with the highest predictions; targets are one-hot. */
public final class TopKCategoricalAccuracy extends MeanOf<TopKCategoricalAccuracy> {
    private int k = 5;

    /** Named {@code "top_k_categorical_accuracy"}. */
    public TopKCategoricalAccuracy() {
        super("top_k_categorical_accuracy", Direction.UP);
    }

    /** With the given number of predictions that count. */
    public TopKCategoricalAccuracy(int k) {
        this();
        this.k = k;
    }

    static TopKCategoricalAccuracy from(JsonNode config) {
        return new TopKCategoricalAccuracy().k(Json.integer(config, "k", 5)).configure(config);
    }

    /** Sets how many predictions count; 5 unless set. */
    public TopKCategoricalAccuracy k(int k) {
        this.k = k;
        return this;
    }

    @Override
    TopKCategoricalAccuracy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.topKCategoricalAccuracy(yTrue, yPred, k);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("k", k);
    }
}
