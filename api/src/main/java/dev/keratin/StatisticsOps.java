package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Order statistics, counts and sums of products. */
abstract class StatisticsOps extends NanOps {
    StatisticsOps() {}

    /** The same as {@link #max(Tensor, int...)}. */
    public static Tensor amax(Tensor x, int... axes) {
        return max(x, axes);
    }

    /** The same as {@link #min(Tensor, int...)}. */
    public static Tensor amin(Tensor x, int... axes) {
        return min(x, axes);
    }

    /** The largest element minus the smallest one. */
    public static Tensor ptp(Tensor x, int... axes) {
        return x.isSymbolic() ? node("Ptp", x, axes) : subtract(max(x, axes), min(x, axes));
    }

    /**
     * The mean in which each element counts as much as its weight.
     *
     * @param weights of the shape of x, or one for each element of the axis
     */
    public static Tensor average(Tensor x, int axis, Tensor weights) {
        if (symbolic(x, weights)) {
            return node("Average", x, weights, axis);
        }
        DType common = DTypes.resultType(x.dtype(), weights.dtype());
        Tensor y = floating(cast(x, common));
        Tensor w = floating(cast(weights, common));
        int normal = Axes.normal("average", y, axis);
        Tensor each = w.rank() == y.rank() ? w : reshaped(w, unit(y.rank()).with(normal, w.size()));
        return divide(sum(multiply(y, each), normal), sum(each, normal));
    }

    /** The mean along an axis. */
    public static Tensor average(Tensor x, int axis) {
        return x.isSymbolic() ? node("Average", x, null, axis) : mean(x, axis);
    }

    /** The mean of all elements. */
    public static Tensor average(Tensor x) {
        return x.isSymbolic() ? node("Average", x) : mean(x);
    }

    /**
     * The number below which a part of the elements lies.
     *
     * @param q parts from 0 to 1, a scalar, or of any rank: then their axes come first in the result
     * @param axes along which; none is all
     * @param method between two elements: {@code "linear"}, {@code "lower"}, {@code "higher"}, {@code "nearest"} or
     *     {@code "midpoint"}
     */
    public static Tensor quantile(Tensor x, Tensor q, int[] axes, String method, boolean keepdims) {
        if (symbolic(x, q)) {
            return node("Quantile", x, q, axes, method, keepdims);
        }
        Tensor y = floating(x);
        int[] reduced = axes.length == 0 ? Axes.all(y) : axes;
        Tensor nan = any(isnan(y), reduced, keepdims);
        return where(nan, Double.NaN, nanquantile(y, q, reduced, method, keepdims));
    }

    /** {@link #quantile(Tensor, Tensor, int[], String, boolean)}, linear, along some axes, which vanish. */
    public static Tensor quantile(Tensor x, Tensor q, int... axes) {
        return quantile(x, q, axes, "linear", false);
    }

    /** {@link #quantile(Tensor, Tensor, int[], String, boolean)} of the elements other than NaN; NaN if there are none. */
    public static Tensor nanquantile(Tensor x, Tensor q, int[] axes, String method, boolean keepdims) {
        if (symbolic(x, q)) {
            return node("Nanquantile", x, q, axes, method, keepdims);
        }
        Tensor y = floating(x);
        List<Integer> reduced = Axes.normal("nanquantile", y, axes.length == 0 ? Axes.all(y) : axes);
        Tensor result = new Quantile(y, reduced, method).at(q);
        if (!keepdims) {
            return result;
        }
        int[] places = reduced.stream().mapToInt(axis -> axis + q.rank()).toArray();
        return expandDims(result, places);
    }

    /** {@link #nanquantile(Tensor, Tensor, int[], String, boolean)}, linear, along some axes, which vanish. */
    public static Tensor nanquantile(Tensor x, Tensor q, int... axes) {
        return nanquantile(x, q, axes, "linear", false);
    }

    /** {@link #quantile(Tensor, Tensor, int...)} with parts in percent. */
    public static Tensor percentile(Tensor x, Tensor q, int... axes) {
        return symbolic(x, q) ? node("Percentile", x, q, axes) : quantile(x, divide(q, 100), axes);
    }

    /** {@link #nanquantile(Tensor, Tensor, int...)} with parts in percent. */
    public static Tensor nanpercentile(Tensor x, Tensor q, int... axes) {
        return symbolic(x, q) ? node("Nanpercentile", x, q, axes) : nanquantile(x, divide(q, 100), axes);
    }

    /** The middle element in order, or the mean of the two middle ones. */
    public static Tensor median(Tensor x, int[] axes, boolean keepdims) {
        return x.isSymbolic() ? node("Median", x, axes, keepdims)
                : quantile(x, scalar(DType.FLOAT64, 0.5), axes, "linear", keepdims);
    }

    /** {@link #median(Tensor, int[], boolean)} along some axes, which vanish; along all if none is named. */
    public static Tensor median(Tensor x, int... axes) {
        return median(x, axes, false);
    }

    /** {@link #median(Tensor, int...)} of the elements other than NaN. */
    public static Tensor nanmedian(Tensor x, int... axes) {
        return x.isSymbolic() ? node("Nanmedian", x, axes) : nanquantile(x, scalar(DType.FLOAT64, 0.5), axes);
    }

    /**
     * How often each of the numbers from 0 on occurs, or the sum of the weights where it does.
     *
     * @param x integers of one axis, or of two: then each row counts for itself
     * @param weights of the shape of x; null counts 1
     * @param minlength the least length of the result; where the elements are not known before a step runs, its length
     */
    public static Tensor bincount(Tensor x, @Nullable Tensor weights, int minlength) {
        if (x.isSymbolic() && weights == null) {
            return node("Bincount", x, null, minlength);
        }
        List<Tensor> inputs = weights == null ? List.of(x) : List.of(x, weights);
        return define("bincount", inputs, in -> {
            Tensor labels = indices(in.get(0));
            int length = Math.max(minlength, labels.isConcrete() && labels.size() > 0 ? (int) max(labels).item() + 1 : 0);
            Tensor hits = oneHot(labels, length, -1, weights == null ? DType.INT32 : in.get(1).dtype());
            Tensor counts = weights == null ? hits : multiply(hits, expandDims(in.get(1), -1));
            return List.of(sum(counts, -2));
        }).get(0);
    }

    /** {@link #bincount(Tensor, Tensor, int)} with weight 1 and no least length. */
    public static Tensor bincount(Tensor x) {
        return bincount(x, null, 0);
    }

    /** Counts the numbers from {@code low} to {@code high}, both included, in bins of equal width. */
    public static Ops.Histogram histogram(Tensor x, int bins, double low, double high) {
        if (x.isSymbolic()) {
            return histogram(OpTable.call("Histogram", x, bins, List.of(low, high)));
        }
        if (!(low < high)) {
            throw new IllegalArgumentException("histogram: a range from a lower to a higher number is required. Received: " + low
                    + " to " + high + ". Leave it out for that of the elements.");
        }
        DType dtype = floating(x).dtype();
        return histogram(x, linspace(low, high, bins + 1, true, dtype));
    }

    /** {@link #histogram(Tensor, int, double, double)} from the smallest to the largest number. */
    public static Ops.Histogram histogram(Tensor x, int bins) {
        if (x.isSymbolic()) {
            return histogram(OpTable.call("Histogram", x, bins));
        }
        Tensor y = floating(x);
        Tensor low = min(y);
        return histogram(y, add(low, multiply(linspace(0, 1, bins + 1, true, y.dtype()), subtract(max(y), low))));
    }

    /**
     * For each number the index of the bin it falls into: how many edges are not above it. Result: int32.
     *
     * @param bins the edges, a vector in ascending order
     */
    public static Tensor digitize(Tensor x, Tensor bins) {
        return symbolic(x, bins) ? node("Digitize", x, bins) : searchsorted(bins, x, "right");
    }

    /**
     * Where numbers would have to be put in to keep a sequence in order. Result: int32, the shape of the numbers.
     *
     * @param sequence a vector in ascending order
     * @param side {@code "left"} of equal elements or {@code "right"}; NaN comes first or last
     */
    public static Tensor searchsorted(Tensor sequence, Tensor values, String side) {
        if (symbolic(sequence, values)) {
            return node("SearchSorted", sequence, values, side);
        }
        if (sequence.rank() != 1 || !side.equals("left") && !side.equals("right")) {
            throw new IllegalArgumentException("searchsorted: a vector and a side \"left\" or \"right\" are required. Received: "
                    + sequence.type() + ", \"" + side + "\". Use vectorizedMap for several sequences.");
        }
        Tensor each = expandDims(values, -1);
        return countNonzero(side.equals("left") ? less(sequence, each) : logicalNot(less(each, sequence)), -1);
    }

    /** {@link #searchsorted(Tensor, Tensor, String)} left of equal elements. */
    public static Tensor searchsorted(Tensor sequence, Tensor values) {
        return searchsorted(sequence, values, "left");
    }

    /** Whether each element of a occurs in b. Result: bool, the shape of a. */
    public static Tensor isin(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("IsIn", a, b) : any(equal(expandDims(a, -1), ravel(b)), -1);
    }

    /** The differences of neighbours along an axis, taken n times. */
    public static Tensor diff(Tensor x, int n, int axis) {
        if (x.isSymbolic()) {
            return node("Diff", x, n, axis);
        }
        int normal = Axes.normal("diff", x, axis);
        Tensor result = x;
        for (int i = 0; i < n; i++) {
            long length = result.shape().dim(normal);
            Tensor later = range(result, normal, Math.min(1, length), length);
            Tensor earlier = range(result, normal, 0, Math.max(0, length - 1));
            result = x.dtype() == DType.BOOL ? notEqual(later, earlier) : subtract(later, earlier);
        }
        return result;
    }

    /** The differences of neighbours along the last axis. */
    public static Tensor diff(Tensor x) {
        return diff(x, 1, -1);
    }

    /** The integral along an axis by the trapezoidal rule with a constant distance of points. */
    public static Tensor trapezoid(Tensor y, double dx, int axis) {
        if (y.isSymbolic()) {
            return node("Trapezoid", y, null, dx, axis);
        }
        Tensor v = floating(y);
        return sum(multiply(middles(v, axis), dx), axis);
    }

    /** The integral along the last axis by the trapezoidal rule, the points given by x, a vector. */
    public static Tensor trapezoid(Tensor y, Tensor x) {
        return define("trapezoid", List.of(y, x),
                in -> List.of(sum(multiply(middles(floating(in.get(0)), -1), diff(floating(in.get(1)))), -1))).get(0);
    }

    /** The correlations of rows [variables, observations]: [variables, variables]. */
    public static Tensor corrcoef(Tensor x) {
        if (x.isSymbolic()) {
            return node("Corrcoef", x);
        }
        Tensor y = floating(x);
        Tensor rows = y.rank() == 1 ? expandDims(y, 0) : y;
        Tensor centred = subtract(rows, mean(rows, -1, true));
        Tensor products = matmul(centred, swapaxes(centred, -1, -2));
        Tensor scale = sqrt(diagonal(products, 0, -2, -1));
        Tensor result = clip(divide(products, multiply(expandDims(scale, -1), expandDims(scale, -2))), -1, 1);
        return y.rank() == 1 ? reshaped(result, Shape.scalar()) : result;
    }

    /**
     * The sums of products of a vector with another one moved along it.
     *
     * @param mode {@code "valid"} where they fully overlap, {@code "same"} the length of the longer one, {@code "full"}
     */
    public static Tensor correlate(Tensor a, Tensor b, String mode) {
        if (symbolic(a, b)) {
            return node("Correlate", a, b, mode);
        }
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        Tensor x = floating(cast(a, common));
        Tensor y = floating(cast(b, common));
        int n = (int) x.size();
        int m = (int) y.size();
        int around = mode.equals("valid") ? 0 : m - 1;
        Tensor input = reshape(pad(x, new int[][] {{around, around}}), 1, -1, 1);
        Tensor all = ravel(conv(input, reshape(y, -1, 1, 1), new WindowOptions().dataFormat("channels_last")));
        int start = (n + m - 1 - Math.max(n, m)) / 2;
        return mode.equals("same") ? range(all, 0, start, start + Math.max(n, m)) : all;
    }

    /** The elements of the diagonals, as {@link ArrangeOps#diagonal(Tensor, int, int, int)}. */
    private static Tensor diagonal(Tensor x, int offset, int axis1, int axis2) {
        return Diagonals.of(x, offset, Axes.normal("diagonal", x, axis1), Axes.normal("diagonal", x, axis2));
    }

    private static Ops.Histogram histogram(Tensor x, Tensor edges) {
        Tensor flat = ravel(floating(x));
        long bins = edges.size() - 1;
        Tensor inside = logicalAnd(greaterEqual(flat, range(edges, 0, 0, 1)), lessEqual(flat, range(edges, 0, bins, bins + 1)));
        Tensor bin = searchsorted(range(edges, 0, 1, bins), flat, "right");
        Tensor counts = apply(new ScatterNd(ScatterKind.ADD), zeros(Shape.of(bins), edges.dtype()),
                expandDims(bin, -1), cast(inside, edges.dtype()));
        return histogram(List.of(cast(counts, x.dtype()), edges));
    }

    private static Ops.Histogram histogram(List<Tensor> countsAndEdges) {
        return new Ops.Histogram(countsAndEdges.get(0), countsAndEdges.get(1));
    }

    private static Tensor middles(Tensor y, int axis) {
        int normal = Axes.normal("trapezoid", y, axis);
        long length = y.shape().dim(normal);
        return multiply(add(range(y, normal, 1, length), range(y, normal, 0, length - 1)), 0.5);
    }

    private static Shape unit(int rank) {
        List<Long> dims = new ArrayList<>();
        IntStream.range(0, rank).forEach(axis -> dims.add(1L));
        return Shape.of(dims);
    }
}
