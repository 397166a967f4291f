package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;

/**
 * {@code -sum(yTrue * log(yPred))} along an axis, with one-hot targets or probabilities. Probabilities are divided by
 * their sum and cut to [1e-7, 1 - 1e-7], but for those that {@code Ops.softmax} has made: there the loss is computed
 * from what the softmax was given.
 */
public final class CategoricalCrossentropy extends StandardLoss<CategoricalCrossentropy> {
    private boolean fromLogits;
    private double labelSmoothing;
    private int axis = -1;

    /** With the defaults. */
    public CategoricalCrossentropy() {
        super("categorical_crossentropy");
    }

    static CategoricalCrossentropy from(ObjectNode config) {
        return new CategoricalCrossentropy().fromLogits(Json.bool(config, "from_logits", false))
                .labelSmoothing(Json.number(config, "label_smoothing", 0.0))
                .axis(Json.integer(config, "axis", -1)).configure(config);
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
    protected void check(TensorType yTrue, TensorType yPred) {
        Fit.oneHot(className(), "SparseCategoricalCrossentropy (\"sparse_categorical_crossentropy\")", yTrue, yPred);
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.categoricalCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("from_logits", fromLogits).put("label_smoothing", labelSmoothing).put("axis", axis);
    }
}
