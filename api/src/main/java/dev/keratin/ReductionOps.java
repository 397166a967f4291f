package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import java.util.List;

/**
 * Reductions: one element of all along some axes.
 *
 * <p>Without an axis argument all axes are reduced. Reduced axes vanish, or keep the length 1 with {@code keepdims}.
 * Negative axes count from the last one.
 */
abstract class ReductionOps extends LogicOps {
    ReductionOps() {}

    /** The sum; of bool, int8 and uint8 in int32. Accumulated at least in float32. */
    public static Tensor sum(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Sum", x, axes, keepdims)
                : reduce("sum", ReduceKind.SUM, accumulable(x), axes, keepdims);
    }

    /** {@link #sum(Tensor, int[], boolean)} along one axis. */
    public static Tensor sum(Tensor x, int axis, boolean keepdims) {
        return sum(x, new int[] {axis}, keepdims);
    }

    /** {@link #sum(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor sum(Tensor x, int... axes) {
        return sum(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The product; of bool, int8 and uint8 in int32. */
    public static Tensor prod(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Prod", x, axes, keepdims)
                : reduce("prod", ReduceKind.PROD, accumulable(x), axes, keepdims);
    }

    /** {@link #prod(Tensor, int[], boolean)} along one axis. */
    public static Tensor prod(Tensor x, int axis, boolean keepdims) {
        return prod(x, new int[] {axis}, keepdims);
    }

    /** {@link #prod(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor prod(Tensor x, int... axes) {
        return prod(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The largest element; NaN if any is. Equal elements share the gradient. */
    public static Tensor max(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Max", x, axes, keepdims)
                : extreme("max", ReduceKind.MAX, ReduceKind.ANY, x, axes, keepdims);
    }

    /** {@link #max(Tensor, int[], boolean)} along one axis. */
    public static Tensor max(Tensor x, int axis, boolean keepdims) {
        return max(x, new int[] {axis}, keepdims);
    }

    /** {@link #max(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor max(Tensor x, int... axes) {
        return max(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The smallest element; NaN if any is. Equal elements share the gradient. */
    public static Tensor min(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Min", x, axes, keepdims)
                : extreme("min", ReduceKind.MIN, ReduceKind.ALL, x, axes, keepdims);
    }

    /** {@link #min(Tensor, int[], boolean)} along one axis. */
    public static Tensor min(Tensor x, int axis, boolean keepdims) {
        return min(x, new int[] {axis}, keepdims);
    }

    /** {@link #min(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor min(Tensor x, int... axes) {
        return min(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** Whether all elements are not 0. Result: bool. */
    public static Tensor all(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("All", x, axes, keepdims) : reduce("all", ReduceKind.ALL, truth(x), axes, keepdims);
    }

    /** {@link #all(Tensor, int[], boolean)} along one axis. */
    public static Tensor all(Tensor x, int axis, boolean keepdims) {
        return all(x, new int[] {axis}, keepdims);
    }

    /** {@link #all(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor all(Tensor x, int... axes) {
        return all(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** Whether at least one element is not 0. Result: bool. */
    public static Tensor any(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Any", x, axes, keepdims) : reduce("any", ReduceKind.ANY, truth(x), axes, keepdims);
    }

    /** {@link #any(Tensor, int[], boolean)} along one axis. */
    public static Tensor any(Tensor x, int axis, boolean keepdims) {
        return any(x, new int[] {axis}, keepdims);
    }

    /** {@link #any(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor any(Tensor x, int... axes) {
        return any(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The mean: sum over count; of integers and bools in floatx, of float16 and bfloat16 computed in float32. */
    public static Tensor mean(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Mean", x, axes, keepdims);
        }
        List<Integer> reduced = Axes.normal("mean", x, axes);
        Tensor wide = widened(x);
        Tensor total = reduce("mean", ReduceKind.SUM, wide, axes, keepdims);
        return narrowed(divide(total, Axes.count(x.shape(), reduced)), x);
    }

    /** {@link #mean(Tensor, int[], boolean)} along one axis. */
    public static Tensor mean(Tensor x, int axis, boolean keepdims) {
        return mean(x, new int[] {axis}, keepdims);
    }

    /** {@link #mean(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor mean(Tensor x, int... axes) {
        return mean(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The variance: mean of the squared distances from the mean; computed as {@link #mean} is. */
    public static Tensor var(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Var", x, axes, keepdims);
        }
        Tensor wide = widened(x);
        return narrowed(mean(square(subtract(wide, mean(wide, axes, true))), axes, keepdims), x);
    }

    /** {@link #var(Tensor, int[], boolean)} along one axis. */
    public static Tensor var(Tensor x, int axis, boolean keepdims) {
        return var(x, new int[] {axis}, keepdims);
    }

    /** {@link #var(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor var(Tensor x, int... axes) {
        return var(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The standard deviation: the square root of {@link #var}. */
    public static Tensor std(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Std", x, axes, keepdims) : sqrt(var(x, axes, keepdims));
    }

    /** {@link #std(Tensor, int[], boolean)} along one axis. */
    public static Tensor std(Tensor x, int axis, boolean keepdims) {
        return std(x, new int[] {axis}, keepdims);
    }

    /** {@link #std(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor std(Tensor x, int... axes) {
        return std(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** {@code log(sum(exp(x)))} without overflow. */
    public static Tensor logsumexp(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Logsumexp", x, axes, keepdims);
        }
        Tensor y = floating(x);
        Tensor top = stopGradient(max(y, axes, true));
        Tensor shift = where(isfinite(top), top, 0);
        Tensor total = add(log(sum(exp(subtract(y, shift)), axes, true)), shift);
        return keepdims ? total : sum(total, axes, false);
    }

    /** {@link #logsumexp(Tensor, int[], boolean)} along one axis. */
    public static Tensor logsumexp(Tensor x, int axis, boolean keepdims) {
        return logsumexp(x, new int[] {axis}, keepdims);
    }

    /** {@link #logsumexp(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor logsumexp(Tensor x, int... axes) {
        return logsumexp(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** How many elements are not 0. Result: int32. */
    public static Tensor countNonzero(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return keepdims ? Ops.expandDims(node("CountNonzero", x, axes), axes) : node("CountNonzero", x, axes);
        }
        return reduce("countNonzero", ReduceKind.SUM, cast(truth(x), DType.INT32), axes, keepdims);
    }

    /** {@link #countNonzero(Tensor, int[], boolean)} along one axis. */
    public static Tensor countNonzero(Tensor x, int axis, boolean keepdims) {
        return countNonzero(x, new int[] {axis}, keepdims);
    }

    /** {@link #countNonzero(Tensor, int[], boolean)} along some axes, which vanish. */
    public static Tensor countNonzero(Tensor x, int... axes) {
        return countNonzero(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The index of the first largest element along an axis; a NaN counts as one. Result: int32. */
    public static Tensor argmax(Tensor x, int axis, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Argmax", x, axis, keepdims);
        }
        int normal = Axes.normal("argmax", x, axis);
        Tensor index = apply(new ArgReduce(true, normal), number(x));
        return keepdims ? unreduced(index, x, normal) : index;
    }

    /** {@link #argmax(Tensor, int, boolean)}; the axis vanishes. */
    public static Tensor argmax(Tensor x, int axis) {
        return argmax(x, axis, false);
    }

    /** The index of the first largest element in row-major order. Result: int32 scalar. */
    public static Tensor argmax(Tensor x) {
        return x.isSymbolic() ? node("Argmax", x) : argmax(flat(x), 0, false);
    }

    /** The index of the first smallest element along an axis; a NaN counts as one. Result: int32. */
    public static Tensor argmin(Tensor x, int axis, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Argmin", x, axis, keepdims);
        }
        int normal = Axes.normal("argmin", x, axis);
        Tensor index = apply(new ArgReduce(false, normal), number(x));
        return keepdims ? unreduced(index, x, normal) : index;
    }

    /** {@link #argmin(Tensor, int, boolean)}; the axis vanishes. */
    public static Tensor argmin(Tensor x, int axis) {
        return argmin(x, axis, false);
    }

    /** The index of the first smallest element in row-major order. Result: int32 scalar. */
    public static Tensor argmin(Tensor x) {
        return x.isSymbolic() ? node("Argmin", x) : argmin(flat(x), 0, false);
    }

    /** The type that sums and products are accumulated in. */
    static Tensor accumulable(Tensor x) {
        boolean small = x.dtype() == DType.BOOL || x.dtype() == DType.INT8 || x.dtype() == DType.UINT8;
        return small ? cast(x, DType.INT32) : x;
    }

    /** The tensor in the floating type that means are computed in. */
    static Tensor widened(Tensor x) {
        return x.dtype().isFloating() && x.dtype().byteSize() < 4 ? cast(x, DType.FLOAT32) : floating(x);
    }

    /** What was computed from {@link #widened}, in the type of the original. */
    static Tensor narrowed(Tensor computed, Tensor original) {
        return original.dtype().isFloating() ? cast(computed, original.dtype()) : computed;
    }

    private static Tensor extreme(
            String name, ReduceKind numbers, ReduceKind bools, Tensor x, int[] axes, boolean keepdims) {
        return reduce(name, x.dtype() == DType.BOOL ? bools : numbers, x, axes, keepdims);
    }

    private static Tensor reduce(String name, ReduceKind kind, Tensor x, int[] axes, boolean keepdims) {
        return apply(new Reduce(kind, Axes.normal(name, x, axes), keepdims), x);
    }

    private static Tensor flat(Tensor x) {
        return apply(new Reshape(Shape.of(x.size())), x);
    }

    private static Tensor unreduced(Tensor reduced, Tensor original, int axis) {
        return apply(new Reshape(original.shape().with(axis, 1)), reduced);
    }
}
