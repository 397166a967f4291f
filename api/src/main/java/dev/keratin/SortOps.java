package dev.keratin;

import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;
import java.util.List;

/** Functions that depend on the order of elements along an axis. NaN counts as larger than all. */
abstract class SortOps extends IndexOps {
    SortOps() {}

    /** The elements along an axis in ascending order. */
    public static Tensor sort(Tensor x, int axis) {
        return x.isSymbolic() ? node("Sort", x, axis) : apply(new Sort(Axes.normal("sort", x, axis), false), x);
    }

    /** The elements along the last axis in ascending order. */
    public static Tensor sort(Tensor x) {
        return sort(x, -1);
    }

    /** The indices that bring the elements along an axis into ascending order; equal ones keep theirs. Result: int32. */
    public static Tensor argsort(Tensor x, int axis) {
        return x.isSymbolic() ? node("Argsort", x, axis) : apply(new ArgSort(Axes.normal("argsort", x, axis), false), x);
    }

    /** {@link #argsort(Tensor, int)} along the last axis. */
    public static Tensor argsort(Tensor x) {
        return argsort(x, -1);
    }

    /** The k largest elements along the last axis in descending order, equal ones in their order, and their indices. */
    public static Ops.Largest topK(Tensor x, int k) {
        List<Tensor> both = x.isSymbolic() ? OpTable.call("TopK", x, k) : apply(new TopK(k), List.of(x));
        return new Ops.Largest(both.get(0), both.get(1));
    }

    /** The sum of all elements up to each one along an axis; of bools in int32. */
    public static Tensor cumsum(Tensor x, int axis) {
        return x.isSymbolic() ? node("Cumsum", x, axis)
                : apply(new Cumulative(CumulativeKind.SUM, Axes.normal("cumsum", x, axis), false), number(x));
    }

    /** The sum of all elements up to each one in row-major order, along one axis. */
    public static Tensor cumsum(Tensor x) {
        return x.isSymbolic() ? node("Cumsum", x) : cumsum(ravel(x), 0);
    }

    /** The product of all elements up to each one along an axis; of bools in int32. */
    public static Tensor cumprod(Tensor x, int axis) {
        return x.isSymbolic() ? node("Cumprod", x, axis)
                : apply(new Cumulative(CumulativeKind.PROD, Axes.normal("cumprod", x, axis), false), number(x));
    }

    /** The product of all elements up to each one in row-major order, along one axis. */
    public static Tensor cumprod(Tensor x) {
        return x.isSymbolic() ? node("Cumprod", x) : cumprod(ravel(x), 0);
    }
}
