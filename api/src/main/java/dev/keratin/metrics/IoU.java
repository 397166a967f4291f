package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/** Intersection over union of chosen classes, such as of the pixels of an image; the mean over those that occur. */
public final class IoU extends ConfusionMatrixMetric<IoU> {
    /** The classes {@code targetClassIds} of {@code numClasses}. */
    public IoU(int numClasses, int... targetClassIds) {
        super("io_u", numClasses, targetClassIds);
    }

    static IoU from(JsonNode config) {
        return new IoU(Required.integer("IoU", config, "num_classes"),
                Required.integers("IoU", config, "target_class_ids"))
                .ignoreClass(Json.integer(config, "ignore_class"))
                .sparseYTrue(Json.bool(config, "sparse_y_true", true))
                .sparseYPred(Json.bool(config, "sparse_y_pred", true))
                .axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the label that doesn't count; null (unless set) for none. */
    public IoU ignoreClass(@Nullable Integer ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Sets whether targets are class indices rather than one-hot; true unless set. */
    public IoU sparseYTrue(boolean sparseYTrue) {
        setSparseYTrue(sparseYTrue);
        return this;
    }

    /** Sets whether predictions are class indices rather than one number for each class; true unless set. */
    public IoU sparseYPred(boolean sparseYPred) {
        setSparseYPred(sparseYPred);
        return this;
    }

    /** Sets the axis of the classes where there is one; -1 unless set. */
    public IoU axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    IoU self() {
        return this;
    }

    @Override
    public ObjectNode config() {
        return withLayout(withSparseYTrue(withIgnored(withTargets(withClasses(super.config())))));
    }
}
