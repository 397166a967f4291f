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
        return define("take", x, indices, (y, i) -> {
            int normal = Axes.normal("take", y, axis);
            return apply(new Gather(normal), y, counted(indices(i), y.shape().dim(normal)));
        });
    }

    /** The elements of x, taken as a vector, at indices. */
    public static Tensor take(Tensor x, Tensor indices) {
        return take(ravel(x), indices, 0);
    }

    /** The slice of x at one index along an axis, which vanishes. */
    public static Tensor take(Tensor x, int index, int axis) {
        return define("take", x, y -> {
            int normal = Axes.normal("take", y, axis);
            long length = y.shape().dim(normal);
            if (index < -length || index >= length) {
                throw new IllegalArgumentException("take: an index from " + -length + " to " + (length - 1)
                        + " is required. Received: " + index + " for axis " + axis + " of " + y.type() + ". Check the axis.");
            }
            long start = Math.floorMod((long) index, length);
            return reshaped(range(y, normal, start, start + 1), y.shape().remove(normal));
        });
    }

    /**
     * One element for each index: {@code result[.., i, ..] = x[.., indices[.., i, ..], ..]}. Both have the same rank; all
     * axes but the given one are stretched to a common shape.
     */
    public static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis) {
        return define("takeAlongAxis", x, indices, (y, i) -> {
            int normal = Axes.normal("takeAlongAxis", y, axis);
            if (y.rank() != i.rank()) {
                throw new IllegalArgumentException("takeAlongAxis: indices of the rank of x are required. Received: x="
                        + y.type() + ", indices=" + i.type() + ". Add axes with expandDims.");
            }
            Shape common = Shape.broadcast(y.shape().with(normal, 1), i.shape().with(normal, 1));
            long length = y.shape().dim(normal);
            Tensor from = broadcastTo(y, common.with(normal, length));
            Tensor at = broadcastTo(counted(indices(i), length), common.with(normal, i.shape().dim(normal)));
            return apply(new GatherElements(normal), from, at);
        });
    }

    /** The elements of x, taken as a vector, at a vector of indices. */
    public static Tensor takeAlongAxis(Tensor x, Tensor indices) {
        return takeAlongAxis(ravel(x), ravel(indices), 0);
    }

    /**
     * 1 at the place that an integer names, 0 elsewhere; all 0 for integers outside of 0 to {@code numClasses - 1}.
     *
     * @param axis where the result has the new axis of length {@code numClasses}
     */
    public static Tensor oneHot(Tensor x, int numClasses, int axis, DType dtype) {
        return define("oneHot", indices(x), y -> {
            int place = Axes.normal("oneHot", y, axis, y.rank() + 1);
            long[] dims = new long[y.rank() + 1];
            Arrays.fill(dims, 1);
            dims[place] = numClasses;
            Tensor classes = apply(new Iota(TensorType.of(y.dtype(), dims), place));
            return cast(equal(expandDims(y, place), classes), dtype);
        });
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
        return max(oneHot(x, numClasses, axis, dtype), x.rank() > 1 ? 1 : 0);
    }

    /**
     * Zeros with values added at indices.
     *
     * @param indices integers [..., k], k at most the rank of the shape
     * @param values [..., remaining axes of the shape]
     */
    public static Tensor scatter(Tensor indices, Tensor values, Shape shape) {
        return define("scatter", indices(indices), values, (i, v) ->
                apply(new ScatterNd(ScatterKind.ADD), zeros(shape, v.dtype()), i, v));
    }

    /** The tensor with slices at indices [..., k] replaced by updates [..., remaining axes]; of several the last wins. */
    public static Tensor scatterUpdate(Tensor x, Tensor indices, Tensor updates) {
        return scatterUpdate(x, indices, updates, ScatterKind.SET);
    }

    /** The tensor with slices at indices [..., k] combined with updates [..., remaining axes]. */
    public static Tensor scatterUpdate(Tensor x, Tensor indices, Tensor updates, ScatterKind reduction) {
        return apply(new ScatterNd(reduction), x, indices(indices), cast(updates, x.dtype()));
    }

    /**
     * Whether each target is among the k classes with the largest predictions; ties count. Result: bool [batch].
     *
     * @param targets integers [batch]
     * @param predictions [batch, classes]
     */
    public static Tensor inTopK(Tensor targets, Tensor predictions, int k) {
        return define("inTopK", List.of(targets, predictions), in -> {
            Tensor chosen = takeAlongAxis(in.get(1), expandDims(in.get(0), 1), 1);
            Tensor larger = countNonzero(greater(in.get(1), chosen), 1);
            return List.of(logicalAnd(less(larger, k), squeeze(isfinite(chosen), 1)));
        }).get(0);
    }

    /** Indices counted from the front. */
    private static Tensor counted(Tensor indices, long length) {
        return where(less(indices, 0), add(indices, length), indices);
    }
}
