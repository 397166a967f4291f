package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * The mean along an axis of {@code -(yTrue * log(yPred) + (1 - yTrue) * log(1 - yPred))}: for yes-or-no questions, one
 * for each output. Probabilities are cut to [1e-7, 1 - 1e-7], but for those that {@code Ops.sigmoid} has made: there the
 * loss is computed from what the sigmoid was given.
 */
public final class BinaryCrossentropy extends StandardLoss<BinaryCrossentropy> {
    private boolean fromLogits;
    private double labelSmoothing;
    private int axis = -1;

    /** With the defaults. */
    public BinaryCrossentropy() {
        super("binary_crossentropy");
    }

    static BinaryCrossentropy from(ObjectNode config) {
        return new BinaryCrossentropy().fromLogits(Json.bool(config, "from_logits", false))
                .labelSmoothing(Json.number(config, "label_smoothing", 0.0))
                .axis(Json.integer(config, "axis", -1)).configure(config);
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

    /** Sets the axis of the mean; -1 unless set. */
    public BinaryCrossentropy axis(int axis) {
        this.axis = axis;
        return this;
    }


    @Override
    BinaryCrossentropy self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, (y, p) ->
                Losses.binaryCrossentropy(y, p, fromLogits, labelSmoothing, axis));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("from_logits", fromLogits).put("label_smoothing", labelSmoothing).put("axis", axis);
    }
}
