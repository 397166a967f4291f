package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Functions that read or write at indices given as tensors.
 *
 * <p>Negative indices count from the end of the axis. An index outside of it is an error when the program runs, but for
 * {@link #oneHot}, which gives zeros.
 */
abstract class IndexOps extends SliceOps {
    IndexOps() {}

    /** Slices of x at indices along an axis, which is replaced by the axes of the indices. */
    public static Tensor take(Tensor x, Tensor indices, int axis) {
        if (symbolic(x, indices)) {
            return node("Take", x, indices, axis);
        }
        int normal = Axes.normal("take", x, axis);
        return apply(new Gather(normal), x, counted(indices(indices), x.shape().dim(normal)));
    }

    /** The elements of x, taken as a vector, at indices. */
    public static Tensor take(Tensor x, Tensor indices) {
        return symbolic(x, indices) ? node("Take", x, indices) : take(ravel(x), indices, 0);
    }

    /** The slice of x at one index along an axis, which vanishes. */
    public static Tensor take(Tensor x, int index, int axis) {
        if (x.isSymbolic()) {
            return node("Take", x, index, axis);
        }
        int normal = Axes.normal("take", x, axis);
        long length = x.shape().dim(normal);
        if (index < -length || index >= length) {
            throw new IllegalArgumentException("take: an index from " + -length + " to " + (length - 1)
                    + " is required. Received: " + index + " for axis " + axis + " of " + x.type() + ". Check the axis.");
        }
        long start = Math.floorMod((long) index, length);
        return reshaped(range(x, normal, start, start + 1), x.shape().remove(normal));
    }

    /**
     * One element for each index: {@code result[.., i, ..] = x[.., indices[.., i, ..], ..]}. Both have the same rank; all
     * axes but the given one are stretched to a common shape.
     */
    public static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis) {
        if (symbolic(x, indices)) {
            return node("TakeAlongAxis", x, indices, axis);
        }
        int normal = Axes.normal("takeAlongAxis", x, axis);
        if (x.rank() != indices.rank()) {
            throw new IllegalArgumentException("takeAlongAxis: indices of the rank of x are required. Received: x="
                    + x.type() + ", indices=" + indices.type() + ". Add axes with expandDims.");
        }
        Shape common = Shape.broadcast(x.shape().with(normal, 1), indices.shape().with(normal, 1));
        long length = x.shape().dim(normal);
        Tensor from = broadcastTo(x, common.with(normal, length));
        Tensor at = broadcastTo(counted(indices(indices), length), common.with(normal, indices.shape().dim(normal)));
        return apply(new GatherElements(normal), from, at);
    }

    /** The elements of x, taken as a vector, at a vector of indices. */
    public static Tensor takeAlongAxis(Tensor x, Tensor indices) {
        return symbolic(x, indices) ? node("TakeAlongAxis", x, indices) : takeAlongAxis(ravel(x), ravel(indices), 0);
    }

    /**
     * 1 at the place that an integer names, 0 elsewhere; all 0 for integers outside of 0 to {@code numClasses - 1}.
     *
     * @param axis where the result has the new axis of length {@code numClasses}
     */
    public static Tensor oneHot(Tensor x, int numClasses, int axis, DType dtype) {
        if (x.isSymbolic()) {
            return node("OneHot", x, numClasses, axis, dtype);
        }
        Tensor y = indices(x);
        int place = Axes.normal("oneHot", y, axis, y.rank() + 1);
        long[] dims = new long[y.rank() + 1];
        Arrays.fill(dims, 1);
        dims[place] = numClasses;
        Tensor classes = apply(new Iota(TensorType.of(y.dtype(), dims), place));
        return cast(equal(expandDims(y, place), classes), dtype);
    }

    /** {@link #oneHot(Tensor, int, int, DType)} with the new axis last, floatx. */
    public static Tensor oneHot(Tensor x, int numClasses) {
        return oneHot(x, numClasses, -1, Configuration.floatx());
    }

    /** 1 at all places that the integers along the last axis name, 0 elsewhere: [batch..., numClasses], floatx. */
    public static Tensor multiHot(Tensor x, int numClasses) {
        return multiHot(x, numClasses, -1, Configuration.floatx());
    }

    /**
     * The largest of {@link #oneHot(Tensor, int, int, DType)} along axis 1, along axis 0 for a vector: which classes
     * occur in each sample.
     */
    public static Tensor multiHot(Tensor x, int numClasses, int axis, DType dtype) {
        return x.isSymbolic() ? node("MultiHot", x, numClasses, axis, dtype)
                : max(oneHot(x, numClasses, axis, dtype), x.rank() > 1 ? 1 : 0);
    }

    /**
     * Zeros with values added at indices.
     *
     * @param indices integers [..., k], k at most the rank of the shape
     * @param values [..., remaining axes of the shape]
     */
    public static Tensor scatter(Tensor indices, Tensor values, Shape shape) {
        if (symbolic(indices, values)) {
            return node("Scatter", indices, values, shape);
        }
        Tensor i = indices(indices);
        return apply(new ScatterNd(ScatterKind.ADD), zeros(shape, values.dtype()), i, values);
    }

    /** The tensor with slices at indices [..., k] replaced by updates [..., remaining axes]; of several the last wins. */
    public static Tensor scatterUpdate(Tensor x, Tensor indices, Tensor updates) {
        return scatterUpdate(x, indices, updates, ScatterKind.SET);
    }

    /** The tensor with slices at indices [..., k] combined with updates [..., remaining axes]. */
    public static Tensor scatterUpdate(Tensor x, Tensor indices, Tensor updates, ScatterKind reduction) {
        if (symbolic(List.of(x, indices, updates))) {
            String name = reduction == ScatterKind.SET ? null : reduction.name().toLowerCase(Locale.ROOT);
            return node("ScatterUpdate", x, indices, updates, name);
        }
        return apply(new ScatterNd(reduction), x, indices(indices), cast(updates, x.dtype()));
    }

    /**
     * Whether each target is among the k classes with the largest predictions; ties count. Result: bool [batch].
     *
     * @param targets integers [batch]
     * @param predictions [batch, classes]
     */
    public static Tensor inTopK(Tensor targets, Tensor predictions, int k) {
        if (symbolic(targets, predictions)) {
            return node("InTopK", targets, predictions, k);
        }
        Tensor chosen = takeAlongAxis(predictions, expandDims(targets, 1), 1);
        Tensor larger = countNonzero(greater(predictions, chosen), 1);
        return logicalAnd(less(larger, k), squeeze(isfinite(chosen), 1));
    }

    /** Indices counted from the front. */
    private static Tensor counted(Tensor indices, long length) {
        return where(less(indices, 0), add(indices, length), indices);
    }
}
