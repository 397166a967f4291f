package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/** Intersection over union of the classes 0 and 1, or one of them, with predictions of 1 from a threshold on. */
public final class BinaryIoU extends ConfusionMatrixMetric<BinaryIoU> {
    private double threshold = 0.5;

    /** Of both classes. */
    public BinaryIoU() {
        this(0, 1);
    }

    /** Of the given classes. */
    public BinaryIoU(int... targetClassIds) {
        super("binary_io_u", 2, targetClassIds);
    }

    static BinaryIoU from(JsonNode config) {
        int[] targets = Json.has(config, "target_class_ids")
                ? Required.integers("BinaryIoU", config, "target_class_ids") : new int[] {0, 1};
        return new BinaryIoU(targets).threshold(Json.number(config, "threshold", 0.5)).configure(config);
    }

    /** Sets from where on a prediction is 1; 0.5 unless set. */
    public BinaryIoU threshold(double threshold) {
        this.threshold = threshold;
        return this;
    }

    @Override
    BinaryIoU self() {
        return this;
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        Tensor outputs = Ops.greaterEqual(Ops.cast(yPred, DType.FLOAT32), threshold);
        super.updateState(yTrue, Ops.cast(outputs, DType.INT32), sampleWeight);
    }

    @Override
    public ObjectNode config() {
        return withTargets(super.config()).put("threshold", threshold);
    }
}
