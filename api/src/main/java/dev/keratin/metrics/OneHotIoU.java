package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/** {@link IoU} of one-hot targets and one number for each class as predictions. */
public final class OneHotIoU extends ConfusionMatrixMetric<OneHotIoU> {
    /** The classes {@code targetClassIds} of {@code numClasses}. */
    public OneHotIoU(int numClasses, int... targetClassIds) {
        super("one_hot_io_u", numClasses, targetClassIds);
        setSparseYTrue(false);
        setSparseYPred(false);
    }

    static OneHotIoU from(JsonNode config) {
        return new OneHotIoU(Required.integer("OneHotIoU", config, "num_classes"),
                Required.integers("OneHotIoU", config, "target_class_ids"))
                .ignoreClass(Json.integer(config, "ignore_class"))
                .sparseYPred(Json.bool(config, "sparse_y_pred", false))
                .axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the label that doesn't count; null (unless set) for none. */
    public OneHotIoU ignoreClass(@Nullable Integer ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Sets whether predictions are class indices rather than one number for each class; false unless set. */
    public OneHotIoU sparseYPred(boolean sparseYPred) {
        setSparseYPred(sparseYPred);
        return this;
    }

    /** Sets the axis of the classes where there is one; -1 unless set. */
    public OneHotIoU axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    OneHotIoU self() {
        return this;
    }

    @Override
    public ObjectNode config() {
        return withLayout(withIgnored(withTargets(withClasses(super.config()))));
    }
}
