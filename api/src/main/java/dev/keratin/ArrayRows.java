package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.backend.ir.ScatterKind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The functions of {@link OpTable} that arrange, cut out, sort, count and multiply tensors as wholes. */
final class ArrayRows {
    private ArrayRows() {}

    static void addTo(OpTable table) {
        shapes(table);
        joins(table);
        parts(table);
        diagonals(table);
        indices(table);
        sorting(table);
        statistics(table);
        products(table);
        segments(table);
    }

    private static void shapes(OpTable table) {
        table.add("Reshape", a -> Ops.reshape(a.first(), newShape(a)))
                .add("Ravel", a -> Ops.ravel(a.first()))
                .add("Transpose", a -> Ops.transpose(a.first(), a.integers("axes")))
                .add("Swapaxes", a -> Ops.swapaxes(a.first(), a.integer("axis1"), a.integer("axis2")))
                .add("Moveaxis", a -> Ops.moveaxis(a.first(), a.integers("source"), a.integers("destination")))
                .add("ExpandDims", a -> Ops.expandDims(a.first(), a.integers("axis")))
                .add("Squeeze", a -> Ops.squeeze(a.first(), a.integers("axis")))
                .add("BroadcastTo", a -> Ops.broadcastTo(a.first(), a.shape("shape")))
                .add("Flip", a -> Ops.flip(a.first(), a.integers("axis")))
                .add("Fliplr", a -> Ops.fliplr(a.first()))
                .add("Flipud", a -> Ops.flipud(a.first()))
                .add("Rot90", a -> Ops.rot90(a.first(), a.integer("k"), a.integers("axes")[0], a.integers("axes")[1]))
                .add("Roll", ArrayRows::roll)
                .add("Pad", a -> a.text("mode").equals("constant")
                        ? Ops.pad(a.first(), a.pairs("pad_width"), a.isNull("constant_values") ? 0 : a.number("constant_values"))
                        : Ops.pad(a.first(), a.pairs("pad_width"), a.text("mode")))
                .add("Rearrange", a -> Ops.rearrange(a.first(), a.text("pattern"), a.keywords("axes_lengths")))
                .add("EmptyLike", a -> filled(a, 0))
                .add("ZerosLike", a -> filled(a, 0))
                .add("OnesLike", a -> filled(a, 1))
                .add("FullLike", a -> a.value("fill_value").isNumber() ? filled(a, a.number("fill_value"))
                        : Ops.broadcastTo(Ops.cast(a.tensor("fill_value"), a.dtype("dtype", a.first().dtype())), a.first().shape()));
    }

    private static void joins(OpTable table) {
        table.add("Concatenate", a -> Ops.concatenate(a.tensors("xs"), a.integer("axis")))
                .add("Stack", a -> Ops.stack(a.tensors("x"), a.integer("axis")))
                .add("Vstack", a -> Ops.vstack(a.tensors("xs")))
                .add("Hstack", a -> Ops.hstack(a.tensors("xs")))
                .add("Dstack", a -> Ops.dstack(a.tensors("xs")))
                .add("Append", a -> a.isNull("axis") ? Ops.append(a.left(), a.right())
                        : Ops.append(a.left(), a.right(), a.integer("axis")))
                .add("Tile", a -> Ops.tile(a.first(), a.integers("repeats")))
                .add("Repeat", a -> along(a, a.first(), (x, axis) -> repeat(x, axis, a.integers("repeats"))))
                .addAll("Meshgrid", a -> Ops.meshgrid(a.tensors("x"), a.text("indexing")));
    }

    private static void parts(OpTable table) {
        table.add("GetItem", a -> Ops.getItem(a.first(), SubscriptJson.text(a.value("key"))))
                .addAll("Split", a -> split(a, a.integer("axis")))
                .addAll("ArraySplit", a -> a.isList("indices_or_sections") ? split(a, a.integer("axis"))
                        : Ops.arraySplit(a.first(), a.integer("indices_or_sections"), a.integer("axis")))
                .addAll("Vsplit", a -> split(a, 0))
                .addAll("Hsplit", a -> split(a, a.first().rank() == 1 ? 0 : 1))
                .addAll("Dsplit", a -> split(a, 2))
                .addAll("Unstack", a -> Ops.unstack(a.first(), a.integer("axis")))
                .add("Slice", a -> a.isList("start_indices") ? Ops.slice(a.first(), a.lengths("start_indices"), a.lengths("shape"))
                        : Ops.slice(a.first(), a.tensor("start_indices"), a.shape("shape")))
                .add("SliceUpdate", a -> a.isList("start_indices")
                        ? Ops.sliceUpdate(a.first(), a.lengths("start_indices"), a.tensor("updates"))
                        : Ops.sliceUpdate(a.first(), a.tensor("start_indices"), a.tensor("updates")))
                .add("ExtractSequences", a -> Ops.extractSequences(
                        a.first(), a.integer("sequence_length"), a.integer("sequence_stride")));
    }

    private static void diagonals(OpTable table) {
        table.add("Diag", a -> Ops.diag(a.first(), a.integer("k")))
                .add("Diagflat", a -> Ops.diagflat(a.first(), a.integer("k")))
                .add("Diagonal", a -> Ops.diagonal(a.first(), a.integer("offset"), a.integer("axis1"), a.integer("axis2")))
                .add("Trace", a -> Ops.trace(a.first(), a.integer("offset"), a.integer("axis1"), a.integer("axis2")))
                .add("Tril", a -> Ops.tril(a.first(), a.integer("k")))
                .add("Triu", a -> Ops.triu(a.first(), a.integer("k")))
                .add("Vander", a -> a.isNull("N") ? Ops.vander(a.first(), (int) a.first().size(), a.bool("increasing"))
                        : Ops.vander(a.first(), a.integer("N"), a.bool("increasing")));
    }

    private static void indices(OpTable table) {
        table.add("Take", a -> a.isNull("axis") ? Ops.take(a.first(), a.tensor("indices"))
                        : Ops.take(a.first(), a.tensor("indices"), a.integer("axis")))
                .add("TakeAlongAxis", a -> a.isNull("axis") ? Ops.takeAlongAxis(a.first(), a.tensor("indices"))
                        : Ops.takeAlongAxis(a.first(), a.tensor("indices"), a.integer("axis")))
                .add("OneHot", a -> Ops.oneHot(a.only("sparse").first(), a.integer("num_classes"), a.integer("axis"),
                        a.dtype("dtype", Configuration.floatx())))
                .add("MultiHot", a -> Ops.multiHot(a.only("sparse").first(), a.integer("num_classes"), a.integer("axis"),
                        a.dtype("dtype", Configuration.floatx())))
                .add("Scatter", a -> Ops.scatter(a.first(), a.tensor("values"), a.shape("shape")))
                .add("ScatterUpdate", a -> Ops.scatterUpdate(
                        a.first(), a.tensor("indices"), a.tensor("updates"), reduction(a)))
                .add("InTopK", a -> Ops.inTopK(a.first(), a.tensor("predictions"), a.integer("k")))
                .addAll("UnravelIndex", a -> Ops.unravelIndex(a.first(), a.shape("shape")))
                .add("Select", a -> Ops.select(a.tensors("condlist"), a.tensors("choicelist"), a.number("default")));
    }

    private static void sorting(OpTable table) {
        table.add("Sort", a -> along(a, a.first(), Ops::sort))
                .add("Argsort", a -> along(a, a.first(), Ops::argsort))
                .add("Argpartition", a -> Ops.argpartition(a.only("axis").first(), a.integer("kth")))
                .addAll("TopK", a -> {
                    Ops.Largest largest = Ops.topK(a.first(), a.integer("k"));
                    return List.of(largest.values(), largest.indices());
                })
                .add("Cumsum", a -> a.typed(x -> along(a, x, Ops::cumsum)))
                .add("Cumprod", a -> a.typed(x -> along(a, x, Ops::cumprod)))
                .add("Nancumsum", a -> a.typed(x -> along(a, x, Ops::nancumsum)))
                .add("Nancumprod", a -> a.typed(x -> along(a, x, Ops::nancumprod)))
                .add("SearchSorted", a -> Ops.searchsorted(a.first(), a.tensor("values"), a.text("side")))
                .add("Digitize", a -> Ops.digitize(a.first(), a.tensor("bins")))
                .add("IsIn", a -> {
                    Tensor in = Ops.isin(a.left(), a.right());
                    return a.bool("invert") ? Ops.logicalNot(in) : in;
                });
    }

    private static void statistics(OpTable table) {
        table.add("Average", ArrayRows::average)
                .add("Quantile", a -> quantile(a, Ops::quantile, 1))
                .add("Nanquantile", a -> quantile(a, Ops::nanquantile, 1))
                .add("Percentile", a -> quantile(a, Ops::quantile, 100))
                .add("Nanpercentile", a -> quantile(a, Ops::nanquantile, 100))
                .add("Bincount", a -> Ops.bincount(a.only("weights", "sparse").first(), null, a.integer("minlength")))
                .addAll("Histogram", a -> {
                    double[] range = a.numbers("range");
                    Ops.Histogram made = a.isNull("range") ? Ops.histogram(a.first(), a.integer("bins"))
                            : Ops.histogram(a.first(), a.integer("bins"), range[0], range[1]);
                    return List.of(made.counts(), made.edges());
                })
                .add("Diff", a -> Ops.diff(a.first(), a.integer("n"), a.integer("axis")))
                .add("Trapezoid", a -> Ops.trapezoid(a.only("x").first(), a.number("dx"), a.integer("axis")))
                .add("Corrcoef", a -> Ops.corrcoef(a.first()))
                .add("Correlate", a -> Ops.correlate(a.left(), a.right(), a.text("mode")));
    }

    private static void products(OpTable table) {
        table.add("Matmul", a -> Ops.matmul(a.left(), a.right()))
                .add("Dot", a -> Ops.dot(a.left(), a.right()))
                .add("Inner", a -> Ops.inner(a.left(), a.right()))
                .add("Outer", a -> Ops.outer(a.left(), a.right()))
                .add("Vdot", a -> Ops.vdot(a.left(), a.right()))
                .add("Kron", a -> Ops.kron(a.left(), a.right()))
                .add("CDist", a -> Ops.cdist(a.left(), a.right()))
                .add("Cross", a -> Ops.cross(a.only("axisa", "axisb", "axisc").left(), a.right(),
                        a.isNull("axis") ? -1 : a.integer("axis")))
                .add("Tensordot", ArrayRows::tensordot)
                .add("Einsum", a -> Ops.einsum(a.text("subscripts"), a.tensors("operands").toArray(Tensor[]::new)));
    }

    private static void segments(OpTable table) {
        table.add("SegmentSum", a -> Ops.segmentSum(a.first(), a.tensor("segment_ids"), a.integer("num_segments")))
                .add("SegmentProd", a -> Ops.segmentProd(a.first(), a.tensor("segment_ids"), a.integer("num_segments")))
                .add("SegmentMax", a -> Ops.segmentMax(a.first(), a.tensor("segment_ids"), a.integer("num_segments")))
                .add("SegmentMin", a -> Ops.segmentMin(a.first(), a.tensor("segment_ids"), a.integer("num_segments")));
    }

    /** A function along an axis. */
    private interface Along {
        Tensor apply(Tensor x, int axis);
    }

    private static Tensor along(OpArguments a, Tensor x, Along function) {
        return a.isNull("axis") ? function.apply(Ops.ravel(x), 0) : function.apply(x, a.integer("axis"));
    }

    private static Tensor roll(OpArguments a) {
        int[] shifts = a.integers("shift");
        if (a.isNull("axis")) {
            return Ops.roll(a.first(), shifts[0]);
        }
        int[] axes = a.integers("axis");
        Tensor rolled = a.first();
        for (int i = 0; i < axes.length; i++) {
            rolled = Ops.roll(rolled, shifts[shifts.length == 1 ? 0 : i], axes[i]);
        }
        return rolled;
    }

    /** Repeats each slice along an axis as often as its number says; one number is for all. */
    private static Tensor repeat(Tensor x, int axis, int[] times) {
        if (times.length == 1) {
            return Ops.repeat(x, times[0], axis);
        }
        int[] places = IntStream.range(0, times.length).flatMap(i -> IntStream.generate(() -> i).limit(times[i])).toArray();
        return Ops.take(x, Tensor.of(places, places.length), axis);
    }

    /** Null in a shape, as Keras writes an unknown length, is the length that the axis has. */
    private static long[] newShape(OpArguments a) {
        JsonNode shape = a.value("newshape");
        long[] lengths = a.lengths("newshape");
        for (int axis = 0; axis < lengths.length; axis++) {
            lengths[axis] = shape.path(axis).isNull() && axis < a.first().rank() ? a.first().shape().dim(axis) : lengths[axis];
        }
        return lengths;
    }

    private static Tensor filled(OpArguments a, double value) {
        return Ops.fullLike(Ops.cast(a.first(), a.dtype("dtype", a.first().dtype())), value);
    }

    private static List<Tensor> split(OpArguments a, int axis) {
        return a.isList("indices_or_sections") ? Ops.split(a.first(), a.integers("indices_or_sections"), axis)
                : Ops.split(a.first(), a.integer("indices_or_sections"), axis);
    }

    private static ScatterKind reduction(OpArguments a) {
        return a.isNull("reduction") ? ScatterKind.SET : ScatterKind.valueOf(a.text("reduction").toUpperCase(Locale.ROOT));
    }

    private static Tensor average(OpArguments a) {
        Tensor weights = a.optional("weights");
        if (weights == null) {
            return Ops.mean(a.first(), a.axes("axis", a.first()), false);
        }
        return a.isNull("axis") ? Ops.average(Ops.ravel(a.first()), 0, Ops.ravel(weights))
                : Ops.average(a.first(), a.integer("axis"), weights);
    }

    /** A quantile along axes. */
    private interface Quantiles {
        Tensor apply(Tensor x, Tensor q, int[] axes, String method, boolean keepdims);
    }

    private static Tensor quantile(OpArguments a, Quantiles function, double whole) {
        Tensor q = whole == 1 ? a.tensor("q") : Ops.divide(a.tensor("q"), whole);
        return function.apply(a.first(), q, a.axes("axis", a.first()), a.text("method"), a.bool("keepdims"));
    }

    private static Tensor tensordot(OpArguments a) {
        if (!a.isList("axes")) {
            return Ops.tensordot(a.left(), a.right(), a.integer("axes"));
        }
        Function<JsonNode, int[]> list = axes -> axes.isArray()
                ? IntStream.range(0, axes.size()).map(i -> axes.get(i).asInt()).toArray() : new int[] {axes.asInt()};
        return Ops.tensordot(a.left(), a.right(), list.apply(a.value("axes").get(0)), list.apply(a.value("axes").get(1)));
    }
}
