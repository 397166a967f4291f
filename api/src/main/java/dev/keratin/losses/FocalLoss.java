package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * The arguments that focal losses share.
 *
 * @param <T> the class itself
 */
abstract class FocalLoss<T extends FocalLoss<T>> extends StandardLoss<T> {
    private Focal focal = Focal.DEFAULT;
    private int axis = -1;

    FocalLoss(String name) {
        super(name);
    }

    final T configureFocal(ObjectNode config) {
        focal = Focal.from(config);
        axis = Json.integer(config, "axis", -1);
        return configure(config);
    }

    /** Sets the weight of class 1 in a binary loss, used with class balancing, and of all terms in another; 0.25 unless set. */
    public final T alpha(double alpha) {
        return focal(focal.alpha(alpha));
    }

    /** Sets how strongly easy samples are ignored: the power of {@code 1 - p}; 2 unless set. */
    public final T gamma(double gamma) {
        return focal(focal.gamma(gamma));
    }

    /** Sets whether predictions are real numbers, whose sigmoid or softmax are the probabilities; false unless set. */
    public final T fromLogits(boolean fromLogits) {
        return focal(focal.fromLogits(fromLogits));
    }

    /** Sets how far targets are drawn to equal probabilities, 0.5 or {@code 1 / classes}, from 0 (unless set) to 1. */
    public final T labelSmoothing(double labelSmoothing) {
        return focal(focal.labelSmoothing(labelSmoothing));
    }

    /** Sets the axis, in a binary loss of the mean, else of the classes; -1 unless set. */
    public final T axis(int axis) {
        this.axis = axis;
        return self();
    }

    final T focal(Focal newFocal) {
        focal = newFocal;
        return self();
    }

    final Focal focal() {
        return focal;
    }

    final int axis() {
        return axis;
    }

    @Override
    public ObjectNode config() {
        return focal.addTo(super.config(), axis);
    }
}
