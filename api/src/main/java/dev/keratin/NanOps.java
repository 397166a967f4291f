package dev.keratin;

import dev.keratin.backend.DType;

/** Reductions that leave NaN out. Integers, which are never NaN, are reduced as by the function without "nan". */
abstract class NanOps extends ElementOps {
    NanOps() {}

    /** The sum of the elements other than NaN. */
    public static Tensor nansum(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Nansum", x, axes, keepdims) : sum(replaced(x, 0), axes, keepdims);
    }

    /** {@link #nansum(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nansum(Tensor x, int... axes) {
        return nansum(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The product of the elements other than NaN. */
    public static Tensor nanprod(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Nanprod", x, axes, keepdims) : prod(replaced(x, 1), axes, keepdims);
    }

    /** {@link #nanprod(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanprod(Tensor x, int... axes) {
        return nanprod(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The mean of the elements other than NaN; NaN if there are none. */
    public static Tensor nanmean(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Nanmean", x, axes, keepdims);
        }
        Tensor y = floating(x);
        return divide(nansum(y, axes, keepdims), counted(y, axes, keepdims));
    }

    /** {@link #nanmean(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanmean(Tensor x, int... axes) {
        return nanmean(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The variance of the elements other than NaN; NaN if there are none. */
    public static Tensor nanvar(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Nanvar", x, axes, keepdims);
        }
        Tensor y = floating(x);
        Tensor distance = where(isnan(y), 0, subtract(y, nanmean(y, axes, true)));
        return divide(sum(square(distance), axes, keepdims), counted(y, axes, keepdims));
    }

    /** {@link #nanvar(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanvar(Tensor x, int... axes) {
        return nanvar(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The square root of {@link #nanvar(Tensor, int[], boolean)}. */
    public static Tensor nanstd(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Nanstd", x, axes, keepdims) : sqrt(nanvar(x, axes, keepdims));
    }

    /** {@link #nanstd(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanstd(Tensor x, int... axes) {
        return nanstd(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The largest of the elements other than NaN; NaN if there are none. */
    public static Tensor nanmax(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Nanmax", x, axes, keepdims);
        }
        return !x.dtype().isFloating() ? max(x, axes, keepdims)
                : where(all(isnan(x), axes, keepdims), Double.NaN, max(replaced(x, Double.NEGATIVE_INFINITY), axes, keepdims));
    }

    /** {@link #nanmax(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanmax(Tensor x, int... axes) {
        return nanmax(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The smallest of the elements other than NaN; NaN if there are none. */
    public static Tensor nanmin(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            return node("Nanmin", x, axes, keepdims);
        }
        return !x.dtype().isFloating() ? min(x, axes, keepdims)
                : where(all(isnan(x), axes, keepdims), Double.NaN, min(replaced(x, Double.POSITIVE_INFINITY), axes, keepdims));
    }

    /** {@link #nanmin(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanmin(Tensor x, int... axes) {
        return nanmin(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The index of the first largest element other than NaN along an axis; -1 if all are NaN. Result: int32. */
    public static Tensor nanargmax(Tensor x, int axis) {
        return x.isSymbolic() ? node("Nanargmax", x, axis)
                : where(all(isnan(x), axis), -1, argmax(replaced(x, Double.NEGATIVE_INFINITY), axis));
    }

    /** The index of the first largest element other than NaN in row-major order; -1 if all are NaN. Result: int32 scalar. */
    public static Tensor nanargmax(Tensor x) {
        return x.isSymbolic() ? node("Nanargmax", x) : nanargmax(ravel(x), 0);
    }

    /** The index of the first smallest element other than NaN along an axis; -1 if all are NaN. Result: int32. */
    public static Tensor nanargmin(Tensor x, int axis) {
        return x.isSymbolic() ? node("Nanargmin", x, axis)
                : where(all(isnan(x), axis), -1, argmin(replaced(x, Double.POSITIVE_INFINITY), axis));
    }

    /** The index of the first smallest element other than NaN in row-major order; -1 if all are NaN. Result: int32 scalar. */
    public static Tensor nanargmin(Tensor x) {
        return x.isSymbolic() ? node("Nanargmin", x) : nanargmin(ravel(x), 0);
    }

    /** The sum of all elements other than NaN up to each one along an axis. */
    public static Tensor nancumsum(Tensor x, int axis) {
        return x.isSymbolic() ? node("Nancumsum", x, axis) : cumsum(replaced(x, 0), axis);
    }

    /** The sum of all elements other than NaN up to each one in row-major order, along one axis. */
    public static Tensor nancumsum(Tensor x) {
        return x.isSymbolic() ? node("Nancumsum", x) : nancumsum(ravel(x), 0);
    }

    /** The product of all elements other than NaN up to each one along an axis. */
    public static Tensor nancumprod(Tensor x, int axis) {
        return x.isSymbolic() ? node("Nancumprod", x, axis) : cumprod(replaced(x, 1), axis);
    }

    /** The product of all elements other than NaN up to each one in row-major order, along one axis. */
    public static Tensor nancumprod(Tensor x) {
        return x.isSymbolic() ? node("Nancumprod", x) : nancumprod(ravel(x), 0);
    }

    private static Tensor replaced(Tensor x, double value) {
        return x.dtype().isFloating() ? where(isnan(x), value, x) : x;
    }

    private static Tensor counted(Tensor x, int[] axes, boolean keepdims) {
        return cast(sum(cast(logicalNot(isnan(x)), DType.INT32), axes, keepdims), x.dtype());
    }
}
