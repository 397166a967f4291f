package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** How often the right class is among the k with the highest predictions; targets are class indices. */
public final class SparseTopKCategoricalAccuracy extends MeanOf<SparseTopKCategoricalAccuracy> {
    private int k = 5;
    private boolean fromSortedIds;

    /** Named {@code "sparse_top_k_categorical_accuracy"}. */
    public SparseTopKCategoricalAccuracy() {
        super("sparse_top_k_categorical_accuracy", Direction.UP);
    }

    /** With the given number of predictions that count. */
    public SparseTopKCategoricalAccuracy(int k) {
        this();
        this.k = k;
    }

    static SparseTopKCategoricalAccuracy from(JsonNode config) {
        return new SparseTopKCategoricalAccuracy().k(Json.integer(config, "k", 5))
                .fromSortedIds(Json.bool(config, "from_sorted_ids", false))
                .configure(config);
    }

    /** Sets how many predictions count; 5 unless set. */
    public SparseTopKCategoricalAccuracy k(int k) {
        this.k = k;
        return this;
    }

    /** Sets whether predictions are class indices, the likeliest first; false unless set. */
    public SparseTopKCategoricalAccuracy fromSortedIds(boolean fromSortedIds) {
        this.fromSortedIds = fromSortedIds;
        return this;
    }

    @Override
    SparseTopKCategoricalAccuracy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return fromSortedIds ? Metrics.inSortedIds(yTrue, yPred, k)
                : Metrics.sparseTopKCategoricalAccuracy(yTrue, yPred, k);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("k", k);
        return fromSortedIds ? config.put("from_sorted_ids", true) : config;
    }
}
