package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/**
 * The binary crossentropy of each output times {@code (1 - p)^gamma} with the probability p of what is right: the mean
 * along an axis.
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al.: Focal loss for dense object detection (2017)</a>
 */
public final class BinaryFocalCrossentropy extends FocalLoss<BinaryFocalCrossentropy> {
    /** With the defaults. */
    public BinaryFocalCrossentropy() {
        super("binary_focal_crossentropy");
    }

    static BinaryFocalCrossentropy from(ObjectNode config) {
        return new BinaryFocalCrossentropy().configureFocal(config);
    }

    /** Sets whether the classes 1 and 0 weigh {@code alpha} and {@code 1 - alpha}; false unless set. */
    public BinaryFocalCrossentropy applyClassBalancing(boolean applyClassBalancing) {
        return focal(focal().balanced(applyClassBalancing));
    }

    @Override
    BinaryFocalCrossentropy self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, (y, p) -> Losses.binaryFocalCrossentropy(y, p, focal(), axis()));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("apply_class_balancing", focal().balanced());
    }
}
