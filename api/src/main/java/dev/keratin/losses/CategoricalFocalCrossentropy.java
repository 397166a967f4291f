package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;

/**
 * The categorical crossentropy with each term times {@code alpha * (1 - p)^gamma} with the probability p of its class.
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al.: Focal loss for dense object detection (2017)</a>
 */
public final class CategoricalFocalCrossentropy extends FocalLoss<CategoricalFocalCrossentropy> {
    /** With the defaults. */
    public CategoricalFocalCrossentropy() {
        super("categorical_focal_crossentropy");
    }

    static CategoricalFocalCrossentropy from(ObjectNode config) {
        return new CategoricalFocalCrossentropy().configureFocal(config);
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
        return Losses.categoricalFocalCrossentropy(yTrue, yPred, focal(), axis());
    }
}
