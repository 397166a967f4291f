package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Functions that cut parts out of tensors, replace them or put something around. Negative axes count from the last one. */
abstract class SliceOps extends ShapeOps {
    SliceOps() {}

    /**
     * A block of elements.
     *
     * @param starts where it begins, for each axis
     * @param sizes its lengths, for each axis; -1 is all that is left
     */
    public static Tensor slice(Tensor x, long[] starts, long[] sizes) {
        if (x.isSymbolic()) {
            return node("Slice", x, starts, sizes);
        }
        long[] limits = new long[x.rank()];
        boolean fits = starts.length == x.rank() && sizes.length == x.rank();
        for (int axis = 0; fits && axis < limits.length; axis++) {
            long length = x.shape().dim(axis);
            limits[axis] = sizes[axis] == -1 ? length : starts[axis] + sizes[axis];
            fits = starts[axis] >= 0 && limits[axis] >= starts[axis] && limits[axis] <= length;
        }
        if (!fits) {
            throw new IllegalArgumentException("slice: a start and a size for each axis, within the tensor, are required."
                    + " Received: starts=" + Arrays.toString(starts) + ", sizes=" + Arrays.toString(sizes) + " for "
                    + x.type() + ". A size of -1 takes all that is left.");
        }
        return strided(x, starts, limits, unitStrides(x.rank()));
    }

    /**
     * A block of elements whose place is known only when the program runs; it is moved so that it lies inside.
     *
     * @param starts integers, one for each axis
     */
    public static Tensor slice(Tensor x, Tensor starts, Shape sizes) {
        return symbolic(x, starts) ? node("Slice", x, starts, sizes)
                : apply(new DynamicSlice(sizes), x, cast(starts, DType.INT64));
    }

    /** The tensor with the block that begins at {@code starts} replaced. */
    public static Tensor sliceUpdate(Tensor x, long[] starts, Tensor updates) {
        if (symbolic(x, updates)) {
            return node("SliceUpdate", x, starts, updates);
        }
        boolean fits = starts.length == x.rank() && updates.rank() == x.rank();
        for (int axis = 0; fits && axis < starts.length; axis++) {
            fits = starts[axis] >= 0 && starts[axis] + updates.shape().dim(axis) <= x.shape().dim(axis);
        }
        if (!fits) {
            throw new IllegalArgumentException("sliceUpdate: a start for each axis and updates that lie within the tensor"
                    + " are required. Received: starts=" + Arrays.toString(starts) + ", updates=" + updates.type() + " for "
                    + x.type() + ". Cut the updates with slice first.");
        }
        return sliceUpdate(x, constant(Literal.longs(DType.INT64, starts)), updates);
    }

    /** {@link #sliceUpdate(Tensor, long[], Tensor)} at a place known when the program runs; moved so that it lies inside. */
    public static Tensor sliceUpdate(Tensor x, Tensor starts, Tensor updates) {
        return symbolic(List.of(x, starts, updates)) ? node("SliceUpdate", x, starts, updates)
                : apply(new DynamicUpdateSlice(), x, cast(updates, x.dtype()), cast(starts, DType.INT64));
    }

    /**
     * What Python writes in brackets: {@code getItem(x, "0, ..., 1:-1, ::2, None")}. Whole numbers take one element and
     * remove the axis, {@code start:stop:step} takes a range, {@code ...} stands for all axes not mentioned, {@code None}
     * puts in an axis of length 1.
     */
    public static Tensor getItem(Tensor x, String key) {
        return x.isSymbolic() ? node("GetItem", x, SubscriptJson.of(key)) : new Subscript(x, key).apply();
    }

    /** Equal parts along an axis. */
    public static List<Tensor> split(Tensor x, int sections, int axis) {
        if (x.isSymbolic()) {
            return OpTable.call("Split", x, sections, axis);
        }
        int normal = Axes.normal("split", x, axis);
        long length = x.shape().dim(normal);
        if (sections < 1 || length % sections != 0) {
            throw new IllegalArgumentException("split: a number of parts that divides the axis is required. Received: "
                    + sections + " for axis " + axis + " of " + x.type() + ". Use arraySplit for unequal parts.");
        }
        long part = length / sections;
        return parts(x, normal, LongStream.range(1, sections).map(i -> i * part).toArray());
    }

    /** The parts between the given places along an axis: before the first one, ..., from the last one on. */
    public static List<Tensor> split(Tensor x, int[] places, int axis) {
        if (x.isSymbolic()) {
            return OpTable.call("Split", x, places, axis);
        }
        return parts(x, Axes.normal("split", x, axis), Arrays.stream(places).asLongStream().toArray());
    }

    /** Parts of nearly equal length along an axis, the longer ones first. */
    public static List<Tensor> arraySplit(Tensor x, int sections, int axis) {
        if (x.isSymbolic()) {
            return OpTable.call("ArraySplit", x, sections, axis);
        }
        int normal = Axes.normal("arraySplit", x, axis);
        long length = x.shape().dim(normal);
        return parts(x, normal, LongStream.range(1, sections)
                .map(i -> i * (length / sections) + Math.min(i, length % sections)).toArray());
    }

    /** The slices along an axis, which vanishes. */
    public static List<Tensor> unstack(Tensor x, int axis) {
        if (x.isSymbolic()) {
            return OpTable.call("Unstack", x, null, axis);
        }
        int normal = Axes.normal("unstack", x, axis);
        List<Tensor> slices = new ArrayList<>();
        for (long i = 0; i < x.shape().dim(normal); i++) {
            slices.add(reshaped(range(x, normal, i, i + 1), x.shape().remove(normal)));
        }
        return List.copyOf(slices);
    }

    /** Moves elements along an axis; those that leave at one end come in at the other. */
    public static Tensor roll(Tensor x, int shift, int axis) {
        if (x.isSymbolic()) {
            return node("Roll", x, shift, axis);
        }
        int normal = Axes.normal("roll", x, axis);
        long length = x.shape().dim(normal);
        long cut = length == 0 ? 0 : Math.floorMod(-shift, length);
        return cut == 0 ? x : concatenate(List.of(range(x, normal, cut, length), range(x, normal, 0, cut)), normal);
    }

    /** {@link #roll(Tensor, int, int)} of all elements in row-major order; the shape stays. */
    public static Tensor roll(Tensor x, int shift) {
        return x.isSymbolic() ? node("Roll", x, shift) : reshaped(roll(ravel(x), shift, 0), x.shape());
    }

    /** Puts zeros around: {@code widths[axis] = {before, after}}; one pair is for all axes. */
    public static Tensor pad(Tensor x, int[][] widths) {
        return pad(x, widths, 0);
    }

    /** Puts a number around: {@code widths[axis] = {before, after}}; one pair is for all axes. */
    public static Tensor pad(Tensor x, int[][] widths, double value) {
        if (x.isSymbolic()) {
            return node("Pad", x, value, widths);
        }
        int[][] each = widthsOf(x, widths);
        List<Long> lows = Arrays.stream(each).map(pair -> (long) pair[0]).toList();
        List<Long> highs = Arrays.stream(each).map(pair -> (long) pair[1]).toList();
        List<Long> none = Arrays.stream(each).map(pair -> 0L).toList();
        return apply(new Pad(lows, highs, none), x, scalar(x.dtype(), value));
    }

    /**
     * Puts copies of elements around.
     *
     * @param widths {@code widths[axis] = {before, after}}; one pair is for all axes
     * @param mode {@code "constant"} (0), {@code "reflect"} (mirrored at the outermost element), {@code "symmetric"}
     *     (mirrored at the edge) or {@code "edge"} (the outermost element); the mirrored ones at most as wide as the axis
     */
    public static Tensor pad(Tensor x, int[][] widths, String mode) {
        if (x.isSymbolic()) {
            return node("Pad", x, null, widths, mode);
        }
        if (mode.equals("constant")) {
            return pad(x, widths);
        }
        if (!List.of("reflect", "symmetric", "edge").contains(mode)) {
            throw new IllegalArgumentException("pad: a mode \"constant\", \"reflect\", \"symmetric\" or \"edge\" is required."
                    + " Received: \"" + mode + "\". Check the spelling.");
        }
        int[][] each = widthsOf(x, widths);
        Tensor result = x;
        for (int axis = 0; axis < each.length; axis++) {
            result = mirrored(result, axis, each[axis], mode);
        }
        return result;
    }

    /** The elements from {@code from} (included) to {@code to} (excluded) along an axis. */
    static Tensor range(Tensor x, int axis, long from, long to) {
        long[] starts = new long[x.rank()];
        long[] limits = x.shape().dims();
        starts[axis] = from;
        limits[axis] = to;
        return strided(x, starts, limits, unitStrides(x.rank()));
    }

    static Tensor strided(Tensor x, long[] starts, long[] limits, long[] strides) {
        Slice slice = new Slice(list(starts), list(limits), list(strides));
        boolean whole = Arrays.stream(starts).allMatch(start -> start == 0) && Arrays.equals(limits, x.shape().dims())
                && Arrays.stream(strides).allMatch(stride -> stride == 1);
        return whole ? x : apply(slice, x);
    }

    private static List<Tensor> parts(Tensor x, int axis, long[] places) {
        List<Tensor> parts = new ArrayList<>();
        long length = x.shape().dim(axis);
        long from = 0;
        for (long place : places) {
            long to = Math.max(from, Math.min(place < 0 ? place + length : place, length));
            parts.add(range(x, axis, from, to));
            from = to;
        }
        parts.add(range(x, axis, from, length));
        return List.copyOf(parts);
    }

    private static Tensor mirrored(Tensor x, int axis, int[] width, String mode) {
        long length = x.shape().dim(axis);
        int skip = mode.equals("reflect") ? 1 : 0;
        boolean edge = mode.equals("edge");
        if (length == 0 || !edge && Math.max(width[0], width[1]) > length - skip) {
            throw new IllegalArgumentException("pad: widths of at most " + Math.max(length - skip, 0) + " are required for mode \""
                    + mode + "\" on axis " + axis + ". Received: " + Arrays.toString(width) + " for " + x.type()
                    + ". Pad in several steps.");
        }
        List<Tensor> parts = new ArrayList<>();
        if (width[0] > 0) {
            parts.add(edge ? repeat(range(x, axis, 0, 1), width[0], axis) : flip(range(x, axis, skip, width[0] + skip), axis));
        }
        parts.add(x);
        if (width[1] > 0) {
            parts.add(edge ? repeat(range(x, axis, length - 1, length), width[1], axis)
                    : flip(range(x, axis, length - skip - width[1], length - skip), axis));
        }
        return parts.size() == 1 ? x : concatenate(parts, axis);
    }

    private static int[][] widthsOf(Tensor x, int[][] widths) {
        int[][] each = widths;
        if (widths.length == 1 && x.rank() != 1) {
            each = new int[x.rank()][];
            Arrays.fill(each, widths[0]);
        }
        if (each.length != x.rank() || Arrays.stream(each).anyMatch(pair -> pair.length != 2 || pair[0] < 0 || pair[1] < 0)) {
            throw new IllegalArgumentException("pad: widths {before, after} for each axis, not negative, are required."
                    + " Received: " + Arrays.deepToString(widths) + " for " + x.type() + ". Cut with slice.");
        }
        return each;
    }

    private static long[] unitStrides(int rank) {
        long[] strides = new long[rank];
        Arrays.fill(strides, 1);
        return strides;
    }

    private static List<Long> list(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
