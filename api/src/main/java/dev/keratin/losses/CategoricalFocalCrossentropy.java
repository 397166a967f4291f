package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;

/**
 * The categorical crossentropy with each term times {@code alpha * (1 - p)^gamma} with the probability p of its class.
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al.: Focal loss for dense object detection (2017)</a>
 */
public final class CategoricalFocalCrossentropy extends StandardLoss<CategoricalFocalCrossentropy> {
    private Focal focal = Focal.DEFAULT;
    private int axis = -1;

    /** With the defaults. */
    public CategoricalFocalCrossentropy() {
        super("categorical_focal_crossentropy");
    }

    static CategoricalFocalCrossentropy from(ObjectNode config) {
        CategoricalFocalCrossentropy made = new CategoricalFocalCrossentropy().axis(Json.integer(config, "axis", -1));
        made.focal = Focal.from(config);
        return made.configure(config);
    }

    /** Sets the factor of all terms; 0.25 unless set. */
    public CategoricalFocalCrossentropy alpha(double alpha) {
        focal = focal.alpha(alpha);
        return this;
    }

    /** Sets how strongly easy samples are ignored: the power of {@code 1 - p}; 2 unless set. */
    public CategoricalFocalCrossentropy gamma(double gamma) {
        focal = focal.gamma(gamma);
        return this;
    }

    /** Sets whether predictions are real numbers, whose softmax are the probabilities; false unless set. */
    public CategoricalFocalCrossentropy fromLogits(boolean fromLogits) {
        focal = focal.fromLogits(fromLogits);
        return this;
    }

    /** Sets how far targets are drawn to {@code 1 / classes}, from 0 (unless set) to 1. */
    public CategoricalFocalCrossentropy labelSmoothing(double labelSmoothing) {
        focal = focal.labelSmoothing(labelSmoothing);
        return this;
    }

    /** Sets the axis of the classes; -1 unless set. */
    public CategoricalFocalCrossentropy axis(int axis) {
        this.axis = axis;
        return this;
    }


    @Override
    CategoricalFocalCrossentropy self() {
        return this;
    }

    @Override
    protected void check(TensorType yTrue, TensorType yPred) {
        Fit.oneHot(className(), "SparseCategoricalCrossentropy", yTrue, yPred);
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.categoricalFocalCrossentropy(yTrue, yPred, focal, axis);
    }

    @Override
    public ObjectNode config() {
        return focal.addTo(super.config(), axis);
    }
}
