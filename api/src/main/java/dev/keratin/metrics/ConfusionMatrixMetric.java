package dev.keratin.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mean over some classes of intersection over union: {@code tp / (tp + fp + fn)}, from a confusion matrix of all
 * classes. Weights are cut to whole numbers unless the metric is told to compute in a floating type, as in Keras.
 *
 * @param <T> the class itself
 */
abstract class ConfusionMatrixMetric<T extends ConfusionMatrixMetric<T>> extends StandardMetric<T> {
    private final int numClasses;
    private final int[] targetClassIds;
    private @Nullable Variable matrix;
    private @Nullable Integer ignoreClass;
    private boolean sparseYTrue = true;
    private boolean sparseYPred = true;
    private int axis = -1;

    ConfusionMatrixMetric(String name, int numClasses, int[] targetClassIds) {
        super(name);
        this.numClasses = numClasses;
        this.targetClassIds = targetClassIds.clone();
        for (int id : targetClassIds) {
            if (id < 0 || id >= numClasses) {
                throw new IllegalArgumentException(className() + ": target classes from 0 to " + (numClasses - 1)
                        + " are required. Received: " + Arrays.toString(targetClassIds) + ".");
            }
        }
    }

    final void setIgnoreClass(@Nullable Integer value) {
        ignoreClass = value;
    }

    final void setSparseYTrue(boolean value) {
        sparseYTrue = value;
    }

    final void setSparseYPred(boolean value) {
        sparseYPred = value;
    }

    final void setAxis(int value) {
        axis = value;
    }

    @Override
    final DType defaultDtype() {
        return DType.INT64;
    }

    @Override
    final void build() {
        matrix = addVariable("total_confusion_matrix", numClasses, numClasses);
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        Tensor labels = classes(yTrue, sparseYTrue);
        Tensor outputs = classes(yPred, sparseYPred);
        Tensor counted = Ops.logicalAnd(within(labels), within(outputs));
        if (ignoreClass != null) {
            counted = Ops.logicalAnd(counted, Ops.notEqual(labels, ignoreClass));
        }
        Tensor weight = sampleWeight == null ? Ops.ones(Shape.scalar(), dtype()) : Ops.cast(sampleWeight, dtype());
        Tensor flat = Ops.broadcastTo(weight.rank() > 1 ? Ops.reshape(weight, -1) : weight, labels.shape());
        Tensor places = Ops.stack(List.of(Ops.where(counted, labels, 0), Ops.where(counted, outputs, 0)), 1);
        matrix().assignAdd(Ops.scatter(places, Ops.where(counted, flat, 0), Shape.of(numClasses, numClasses)));
    }

    private Tensor classes(Tensor y, boolean sparse) {
        return Ops.reshape(Ops.cast(sparse ? y : Ops.argmax(y, axis), DType.INT32), -1);
    }

    private Tensor within(Tensor classes) {
        return Ops.logicalAnd(Ops.greaterEqual(classes, 0), Ops.less(classes, numClasses));
    }

    @Override
    public final Tensor result() {
        Tensor counts = Ops.cast(matrix().value(), DType.FLOAT32);
        Tensor chosen = Ops.oneHot(Tensor.of(targetClassIds, targetClassIds.length), numClasses, -1, DType.FLOAT32);
        Tensor both = Ops.sum(Ops.multiply(counts, Ops.eye(numClasses, numClasses, 0, DType.FLOAT32)), 0);
        Tensor either = Ops.subtract(Ops.add(Ops.sum(counts, 0), Ops.sum(counts, 1)), both);
        Tensor part = Ops.sum(Ops.multiply(chosen, both), 1);
        Tensor whole = Ops.sum(Ops.multiply(chosen, either), 1);
        Tensor valid = Ops.greater(whole, 1e-9);
        Tensor ratios = Ops.where(valid, Ops.divide(part, Ops.add(whole, Configuration.epsilon())), 0.0);
        Tensor count = Ops.sum(Ops.cast(valid, DType.FLOAT32));
        return Ops.divide(Ops.sum(ratios), Ops.add(count, Configuration.epsilon()));
    }

    private Variable matrix() {
        ensureBuilt();
        return Objects.requireNonNull(matrix);
    }

    @Override
    public final Direction direction() {
        return Direction.UP;
    }

    final ObjectNode withClasses(ObjectNode config) {
        return config.put("num_classes", numClasses);
    }

    final ObjectNode withTargets(ObjectNode config) {
        config.set("target_class_ids", Json.array(Arrays.stream(targetClassIds).boxed().toList()));
        return config;
    }

    final ObjectNode withIgnored(ObjectNode config) {
        return config.put("ignore_class", ignoreClass);
    }

    final ObjectNode withLayout(ObjectNode config) {
        return config.put("sparse_y_pred", sparseYPred).put("axis", axis);
    }

    final ObjectNode withSparseYTrue(ObjectNode config) {
        return config.put("sparse_y_true", sparseYTrue);
    }
}
