package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** How often predictions are on the side of a threshold that the targets, 0 or 1, are on. */
public final class BinaryAccuracy extends MeanOf<BinaryAccuracy> {
    private double threshold = 0.5;

    /** Named {@code "binary_accuracy"}. */
    public BinaryAccuracy() {
        super("binary_accuracy", Direction.UP);
    }

    static BinaryAccuracy from(JsonNode config) {
        return new BinaryAccuracy().threshold(Json.number(config, "threshold", 0.5)).configure(config);
    }

    /** Sets what predictions of 1 are above; 0.5 unless set. */
    public BinaryAccuracy threshold(double threshold) {
        this.threshold = threshold;
        return this;
    }

    @Override
    BinaryAccuracy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.binaryAccuracy(yTrue, yPred, threshold);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("threshold", threshold);
    }
}
