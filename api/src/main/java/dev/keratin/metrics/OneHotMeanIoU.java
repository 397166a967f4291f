package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@link MeanIoU} of one-hot targets and one number for each class as predictions. */
public final class OneHotMeanIoU extends ConfusionMatrixMetric<OneHotMeanIoU> {
    /** All of {@code numClasses} classes. */
    public OneHotMeanIoU(int numClasses) {
        super("one_hot_mean_io_u", numClasses, IntStream.range(0, numClasses).toArray());
        setSparseYTrue(false);
        setSparseYPred(false);
    }

    static OneHotMeanIoU from(JsonNode config) {
        return new OneHotMeanIoU(Required.integer("OneHotMeanIoU", config, "num_classes"))
                .ignoreClass(Json.integer(config, "ignore_class"))
                .sparseYPred(Json.bool(config, "sparse_y_pred", false))
                .axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the label that doesn't count; null (unless set) for none. */
    public OneHotMeanIoU ignoreClass(@Nullable Integer ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Sets whether predictions are class indices rather than one number for each class; false unless set. */
    public OneHotMeanIoU sparseYPred(boolean sparseYPred) {
        setSparseYPred(sparseYPred);
        return this;
    }

    /** Sets the axis of the classes where there is one; -1 unless set. */
    public OneHotMeanIoU axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    OneHotMeanIoU self() {
        return this;
    }

    @Override
    public ObjectNode config() {
        return withLayout(withIgnored(withClasses(super.config())));
    }
}
