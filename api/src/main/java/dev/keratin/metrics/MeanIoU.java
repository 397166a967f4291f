package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Intersection over union of all classes, such as of the pixels of an image; the mean over those that occur. */
public final class MeanIoU extends ConfusionMatrixMetric<MeanIoU> {
    /** All of {@code numClasses} classes. */
    public MeanIoU(int numClasses) {
        super("mean_io_u", numClasses, IntStream.range(0, numClasses).toArray());
    }

    static MeanIoU from(JsonNode config) {
        return new MeanIoU(Required.integer("MeanIoU", config, "num_classes"))
                .ignoreClass(Json.integer(config, "ignore_class"))
                .sparseYTrue(Json.bool(config, "sparse_y_true", true))
                .sparseYPred(Json.bool(config, "sparse_y_pred", true))
                .axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the label that doesn't count; null (unless set) for none. */
    public MeanIoU ignoreClass(@Nullable Integer ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Sets whether targets are class indices rather than one-hot; true unless set. */
    public MeanIoU sparseYTrue(boolean sparseYTrue) {
        setSparseYTrue(sparseYTrue);
        return this;
    }

    /** Sets whether predictions are class indices rather than one number for each class; true unless set. */
    public MeanIoU sparseYPred(boolean sparseYPred) {
        setSparseYPred(sparseYPred);
        return this;
    }

    /** Sets the axis of the classes where there is one; -1 unless set. */
    public MeanIoU axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    MeanIoU self() {
        return this;
    }

    @Override
    public ObjectNode config() {
        return withLayout(withSparseYTrue(withIgnored(withClasses(super.config()))));
    }
}
