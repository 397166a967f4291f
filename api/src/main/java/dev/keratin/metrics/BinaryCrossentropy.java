package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.losses.Losses;

/** The mean binary crossentropy; see {@link dev.keratin.losses.BinaryCrossentropy}. */
public final class BinaryCrossentropy extends MeanOf<BinaryCrossentropy> {
    private boolean fromLogits;
    private double labelSmoothing = 0.0;

    /** Named {@code "binary_crossentropy"}. */
    public BinaryCrossentropy() {
        super("binary_crossentropy", Direction.DOWN);
    }

    static BinaryCrossentropy from(JsonNode config) {
        return new BinaryCrossentropy().fromLogits(Json.bool(config, "from_logits", false))
                .labelSmoothing(Json.number(config, "label_smoothing", 0.0))
                .configure(config);
    }

    /** Sets whether predictions are real numbers, whose sigmoids are the probabilities; false unless set. */
    public BinaryCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /** Sets how far targets are drawn to 0.5, from 0 (unless set) to 1. */
    public BinaryCrossentropy labelSmoothing(double labelSmoothing) {
        this.labelSmoothing = labelSmoothing;
        return this;
    }

    @Override
    BinaryCrossentropy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.binaryCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, -1);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("from_logits", fromLogits).put("label_smoothing", labelSmoothing);
    }
}
