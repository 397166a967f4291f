package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * The binary crossentropy of each output times {@code (1 - p)^gamma} with the probability p of what is right: the mean
 * along an axis.
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al.: Focal loss for dense object detection (2017)</a>
 */
public final class BinaryFocalCrossentropy extends StandardLoss<BinaryFocalCrossentropy> {
    private Focal focal = Focal.DEFAULT;
    private int axis = -1;

    /** With the defaults. */
    public BinaryFocalCrossentropy() {
        super("binary_focal_crossentropy");
    }

    static BinaryFocalCrossentropy from(ObjectNode config) {
        BinaryFocalCrossentropy made = new BinaryFocalCrossentropy().axis(Json.integer(config, "axis", -1));
        made.focal = Focal.from(config);
        return made.configure(config);
    }

    /** Sets whether the classes 1 and 0 weigh {@code alpha} and {@code 1 - alpha}; false unless set. */
    public BinaryFocalCrossentropy applyClassBalancing(boolean applyClassBalancing) {
        focal = focal.balanced(applyClassBalancing);
        return this;
    }

    /** Sets the weight of class 1, used with class balancing; 0.25 unless set. */
    public BinaryFocalCrossentropy alpha(double alpha) {
        focal = focal.alpha(alpha);
        return this;
    }

    /** Sets how strongly easy samples are ignored: the power of {@code 1 - p}; 2 unless set. */
    public BinaryFocalCrossentropy gamma(double gamma) {
        focal = focal.gamma(gamma);
        return this;
    }

    /** Sets whether predictions are real numbers, whose sigmoids are the probabilities; false unless set. */
    public BinaryFocalCrossentropy fromLogits(boolean fromLogits) {
        focal = focal.fromLogits(fromLogits);
        return this;
    }

    /** Sets how far targets are drawn to 0.5, from 0 (unless set) to 1. */
    public BinaryFocalCrossentropy labelSmoothing(double labelSmoothing) {
        focal = focal.labelSmoothing(labelSmoothing);
        return this;
    }

    /** Sets the axis of the mean; -1 unless set. */
    public BinaryFocalCrossentropy axis(int axis) {
        this.axis = axis;
        return this;
    }


    @Override
    BinaryFocalCrossentropy self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, (y, p) -> Losses.binaryFocalCrossentropy(y, p, focal, axis));
    }

    @Override
    public ObjectNode config() {
        return focal.addTo(super.config(), axis).put("apply_class_balancing", focal.balanced());
    }
}
