package dev.keratin;

import dev.keratin.backend.DType;

/** Reductions that leave NaN out. Integers, which are never NaN, are reduced as by the function without "nan". */
abstract class NanOps extends ElementOps {
    NanOps() {}

    /** The sum of the elements other than NaN. */
    public static Tensor nansum(Tensor x, int[] axes, boolean keepdims) {
        return define("nansum", x, y -> sum(replaced(y, 0), axes, keepdims));
    }

    /** {@link #nansum(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nansum(Tensor x, int... axes) {
        return nansum(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The product of the elements other than NaN. */
    public static Tensor nanprod(Tensor x, int[] axes, boolean keepdims) {
        return define("nanprod", x, y -> prod(replaced(y, 1), axes, keepdims));
    }

    /** {@link #nanprod(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanprod(Tensor x, int... axes) {
        return nanprod(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The mean of the elements other than NaN; NaN if there are none. */
    public static Tensor nanmean(Tensor x, int[] axes, boolean keepdims) {
        return define("nanmean", floating(x), y ->
                divide(nansum(y, axes, keepdims), counted(y, axes, keepdims)));
    }

    /** {@link #nanmean(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanmean(Tensor x, int... axes) {
        return nanmean(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The variance of the elements other than NaN; NaN if there are none. */
    public static Tensor nanvar(Tensor x, int[] axes, boolean keepdims) {
        return define("nanvar", floating(x), y ->
                nanmean(square(subtract(y, nanmean(y, axes, true))), axes, keepdims));
    }

    /** {@link #nanvar(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanvar(Tensor x, int... axes) {
        return nanvar(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The square root of {@link #nanvar(Tensor, int[], boolean)}. */
    public static Tensor nanstd(Tensor x, int[] axes, boolean keepdims) {
        return define("nanstd", x, y -> sqrt(nanvar(y, axes, keepdims)));
    }

    /** {@link #nanstd(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanstd(Tensor x, int... axes) {
        return nanstd(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The largest of the elements other than NaN; NaN if there are none. */
    public static Tensor nanmax(Tensor x, int[] axes, boolean keepdims) {
        return !x.dtype().isFloating() ? max(x, axes, keepdims) : define("nanmax", x, y ->
                where(all(isnan(y), axes, keepdims), Double.NaN, max(replaced(y, Double.NEGATIVE_INFINITY), axes, keepdims)));
    }

    /** {@link #nanmax(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanmax(Tensor x, int... axes) {
        return nanmax(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The smallest of the elements other than NaN; NaN if there are none. */
    public static Tensor nanmin(Tensor x, int[] axes, boolean keepdims) {
        return !x.dtype().isFloating() ? min(x, axes, keepdims) : define("nanmin", x, y ->
                where(all(isnan(y), axes, keepdims), Double.NaN, min(replaced(y, Double.POSITIVE_INFINITY), axes, keepdims)));
    }

    /** {@link #nanmin(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor nanmin(Tensor x, int... axes) {
        return nanmin(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /** The index of the first largest element other than NaN along an axis; -1 if all are NaN. Result: int32. */
    public static Tensor nanargmax(Tensor x, int axis) {
        return define("nanargmax", x, y ->
                where(all(isnan(y), axis), -1, argmax(replaced(y, Double.NEGATIVE_INFINITY), axis)));
    }

    /** The index of the first largest element other than NaN in row-major order; -1 if all are NaN. Result: int32 scalar. */
    public static Tensor nanargmax(Tensor x) {
        return nanargmax(ravel(x), 0);
    }

    /** The index of the first smallest element other than NaN along an axis; -1 if all are NaN. Result: int32. */
    public static Tensor nanargmin(Tensor x, int axis) {
        return define("nanargmin", x, y ->
                where(all(isnan(y), axis), -1, argmin(replaced(y, Double.POSITIVE_INFINITY), axis)));
    }

    /** The index of the first smallest element other than NaN in row-major order; -1 if all are NaN. Result: int32 scalar. */
    public static Tensor nanargmin(Tensor x) {
        return nanargmin(ravel(x), 0);
    }

    /** The sum of all elements other than NaN up to each one along an axis. */
    public static Tensor nancumsum(Tensor x, int axis) {
        return define("nancumsum", x, y -> cumsum(replaced(y, 0), axis));
    }

    /** The sum of all elements other than NaN up to each one in row-major order, along one axis. */
    public static Tensor nancumsum(Tensor x) {
        return nancumsum(ravel(x), 0);
    }

    /** The product of all elements other than NaN up to each one along an axis. */
    public static Tensor nancumprod(Tensor x, int axis) {
        return define("nancumprod", x, y -> cumprod(replaced(y, 1), axis));
    }

    /** The product of all elements other than NaN up to each one in row-major order, along one axis. */
    public static Tensor nancumprod(Tensor x) {
        return nancumprod(ravel(x), 0);
    }

    private static Tensor replaced(Tensor x, double value) {
        return x.dtype().isFloating() ? where(isnan(x), value, x) : x;
    }

    private static Tensor counted(Tensor x, int[] axes, boolean keepdims) {
        return cast(sum(cast(logicalNot(isnan(x)), DType.INT32), axes, keepdims), x.dtype());
    }
}
