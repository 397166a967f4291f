package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.losses.Losses;

/** The mean categorical crossentropy; see {@link dev.keratin.losses.CategoricalCrossentropy}. */
public final class CategoricalCrossentropy extends MeanOf<CategoricalCrossentropy> {
    private boolean fromLogits;
    private double labelSmoothing = 0.0;
    private int axis = -1;

    /** Named {@code "categorical_crossentropy"}. */
    public CategoricalCrossentropy() {
        super("categorical_crossentropy", Direction.DOWN);
    }

    static CategoricalCrossentropy from(JsonNode config) {
        return new CategoricalCrossentropy().fromLogits(Json.bool(config, "from_logits", false))
                .labelSmoothing(Json.number(config, "label_smoothing", 0.0)).axis(Json.integer(config, "axis", -1))
                .configure(config);
    }

    /** Sets whether predictions are real numbers, whose softmax are the probabilities; false unless set. */
    public CategoricalCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /** Sets how far targets are drawn to {@code 1 / classes}, from 0 (unless set) to 1. */
    public CategoricalCrossentropy labelSmoothing(double labelSmoothing) {
        this.labelSmoothing = labelSmoothing;
        return this;
    }

    /** Sets the axis of the classes; -1 unless set. */
    public CategoricalCrossentropy axis(int axis) {
        this.axis = axis;
        return this;
    }

    @Override
    CategoricalCrossentropy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.categoricalCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("from_logits", fromLogits).put("label_smoothing", labelSmoothing).put("axis", axis);
    }
}
