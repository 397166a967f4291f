package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The less common functions that arrange elements: stacking, diagonals, grids, products of matrices by block. */
abstract class ArrangeOps extends StatisticsOps {
    ArrangeOps() {}

    /** Puts tensors one below the other: along the first axis, vectors as rows. */
    public static Tensor vstack(List<? extends Tensor> xs) {
        return symbolic(xs) ? node("Vstack", xs)
                : concatenate(xs.stream().map(x -> x.rank() < 2 ? reshape(x, 1, -1) : x).toList(), 0);
    }

    /** Puts tensors side by side: along the second axis, vectors along their only one. */
    public static Tensor hstack(List<? extends Tensor> xs) {
        if (symbolic(xs)) {
            return node("Hstack", xs);
        }
        List<Tensor> atLeast = xs.stream().map(x -> x.rank() == 0 ? reshape(x, 1) : (Tensor) x).toList();
        return concatenate(atLeast, atLeast.isEmpty() || atLeast.get(0).rank() == 1 ? 0 : 1);
    }

    /** Puts tensors one behind the other: along the third axis, vectors as [1, n, 1], matrices as [n, m, 1]. */
    public static Tensor dstack(List<? extends Tensor> xs) {
        if (symbolic(xs)) {
            return node("Dstack", xs);
        }
        return concatenate(xs.stream().map(x -> x.rank() < 2 ? reshape(x, 1, -1, 1) : x.rank() == 2 ? expandDims(x, 2) : x)
                .toList(), 2);
    }

    /** {@link #split(Tensor, int, int)} along the first axis. */
    public static List<Tensor> vsplit(Tensor x, int sections) {
        return x.isSymbolic() ? OpTable.call("Vsplit", x, sections) : split(x, sections, 0);
    }

    /** {@link #split(Tensor, int, int)} along the second axis, of a vector along its only one. */
    public static List<Tensor> hsplit(Tensor x, int sections) {
        return x.isSymbolic() ? OpTable.call("Hsplit", x, sections) : split(x, sections, x.rank() == 1 ? 0 : 1);
    }

    /** {@link #split(Tensor, int, int)} along the third axis. */
    public static List<Tensor> dsplit(Tensor x, int sections) {
        return x.isSymbolic() ? OpTable.call("Dsplit", x, sections) : split(x, sections, 2);
    }

    /** Reverses the second axis. */
    public static Tensor fliplr(Tensor x) {
        return x.isSymbolic() ? node("Fliplr", x) : flip(x, 1);
    }

    /** Reverses the first axis. */
    public static Tensor flipud(Tensor x) {
        return x.isSymbolic() ? node("Flipud", x) : flip(x, 0);
    }

    /** Turns the plane of two axes k times by 90 degrees, from the first axis towards the second one. */
    public static Tensor rot90(Tensor x, int k, int axis1, int axis2) {
        if (x.isSymbolic()) {
            return node("Rot90", x, k, List.of(axis1, axis2));
        }
        if (Axes.normal("rot90", x, axis1) == Axes.normal("rot90", x, axis2)) {
            throw new IllegalArgumentException("rot90: two axes that differ are required. Received: " + axis1 + " and " + axis2
                    + " for " + x.type() + ". Name the axes of the plane.");
        }
        return switch (Math.floorMod(k, 4)) {
            case 0 -> x;
            case 1 -> swapaxes(flip(x, axis2), axis1, axis2);
            case 2 -> flip(x, axis1, axis2);
            default -> flip(swapaxes(x, axis1, axis2), axis2);
        };
    }

    /** Turns the plane of the first two axes by 90 degrees. */
    public static Tensor rot90(Tensor x) {
        return rot90(x, 1, 0, 1);
    }

    /** A vector's elements on a diagonal of a matrix of zeros; or a matrix's diagonal: column - row = k. */
    public static Tensor diag(Tensor x, int k) {
        if (x.isSymbolic()) {
            return node("Diag", x, k);
        }
        if (x.rank() != 1 && x.rank() != 2) {
            throw new IllegalArgumentException("diag: a vector or a matrix is required. Received: " + x.type()
                    + ". Use diagonal for matrices along two of several axes.");
        }
        return x.rank() == 2 ? diagonal(x, k, 0, 1) : diagflat(x, k);
    }

    /** {@link #diag(Tensor, int)} with k = 0. */
    public static Tensor diag(Tensor x) {
        return diag(x, 0);
    }

    /** All elements on a diagonal of a matrix of zeros: column - row = k. */
    public static Tensor diagflat(Tensor x, int k) {
        if (x.isSymbolic()) {
            return node("Diagflat", x, k);
        }
        long side = x.size() + Math.abs(k);
        Tensor rows = pad(ravel(x), new int[][] {{Math.max(-k, 0), Math.max(k, 0)}});
        return cast(where(eye(side, side, k, DType.BOOL), expandDims(rows, 1), 0), x.dtype());
    }

    /** {@link #diagflat(Tensor, int)} with k = 0. */
    public static Tensor diagflat(Tensor x) {
        return diagflat(x, 0);
    }

    /** The elements where the index on axis2 minus that on axis1 is the offset, along a new last axis. */
    public static Tensor diagonal(Tensor x, int offset, int axis1, int axis2) {
        return x.isSymbolic() ? node("Diagonal", x, offset, axis1, axis2)
                : Diagonals.of(x, offset, Axes.normal("diagonal", x, axis1), Axes.normal("diagonal", x, axis2));
    }

    /** {@link #diagonal(Tensor, int, int, int)} of the first two axes. */
    public static Tensor diagonal(Tensor x) {
        return diagonal(x, 0, 0, 1);
    }

    /** The sum of {@link #diagonal(Tensor, int, int, int)}. */
    public static Tensor trace(Tensor x, int offset, int axis1, int axis2) {
        return x.isSymbolic() ? node("Trace", x, offset, axis1, axis2) : sum(diagonal(x, offset, axis1, axis2), -1);
    }

    /** {@link #trace(Tensor, int, int, int)} of the first two axes. */
    public static Tensor trace(Tensor x) {
        return trace(x, 0, 0, 1);
    }

    /**
     * The coordinates of a grid, one tensor for each vector.
     *
     * @param indexing {@code "xy"} (the first vector runs along the second axis, the second along the first) or
     *     {@code "ij"} (each runs along the axis of its number)
     */
    public static List<Tensor> meshgrid(List<? extends Tensor> xs, String indexing) {
        if (symbolic(xs)) {
            return OpTable.call("Meshgrid", xs, indexing);
        }
        boolean exchanged = indexing.equals("xy") && xs.size() > 1;
        long[] dims = new long[xs.size()];
        for (int i = 0; i < dims.length; i++) {
            dims[place(i, exchanged)] = xs.get(i).size();
        }
        List<Tensor> grids = new ArrayList<>();
        for (int i = 0; i < dims.length; i++) {
            long[] line = new long[dims.length];
            Arrays.fill(line, 1);
            line[place(i, exchanged)] = -1;
            grids.add(broadcastTo(reshape(xs.get(i), line), dims));
        }
        return List.copyOf(grids);
    }

    /** {@link #meshgrid(List, String)} with indexing "xy". */
    public static List<Tensor> meshgrid(Tensor... xs) {
        return meshgrid(List.of(xs), "xy");
    }

    /** The Kronecker product: each element of a times all of b, block by block. */
    public static Tensor kron(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Kron", a, b);
        }
        int rank = Math.max(a.rank(), b.rank());
        Shape left = Shape.scalar();
        Shape right = Shape.scalar();
        Shape result = Shape.scalar();
        for (int axis = 0; axis < rank; axis++) {
            long n = length(a, axis - (rank - a.rank()));
            long m = length(b, axis - (rank - b.rank()));
            left = left.concat(Shape.of(n, 1));
            right = right.concat(Shape.of(1, m));
            result = result.concat(Shape.of(n * m));
        }
        return reshaped(multiply(reshaped(a, left), reshaped(b, right)), result);
    }

    /** The cross product of vectors of 2 or 3 elements along an axis; of two pairs of elements only its third element. */
    public static Tensor cross(Tensor a, Tensor b, int axis) {
        if (symbolic(a, b)) {
            return node("Cross", a, b, null, null, null, axis);
        }
        Tensor left = moveaxis(a, axis, -1);
        Tensor right = moveaxis(b, axis, -1);
        boolean flat = left.shape().dim(-1) == 2 && right.shape().dim(-1) == 2;
        List<Tensor> p = components(left);
        List<Tensor> q = components(right);
        Tensor third = subtract(multiply(p.get(0), q.get(1)), multiply(p.get(1), q.get(0)));
        if (flat) {
            return third;
        }
        Tensor first = subtract(multiply(p.get(1), q.get(2)), multiply(p.get(2), q.get(1)));
        Tensor second = subtract(multiply(p.get(2), q.get(0)), multiply(p.get(0), q.get(2)));
        return moveaxis(stack(List.of(first, second, third), -1), -1, axis);
    }

    /** {@link #cross(Tensor, Tensor, int)} along the last axis. */
    public static Tensor cross(Tensor a, Tensor b) {
        return cross(a, b, -1);
    }

    /** The powers of a vector's elements as columns: n - 1, ..., 1, 0, or from 0 on if increasing. */
    public static Tensor vander(Tensor x, int n, boolean increasing) {
        if (x.isSymbolic()) {
            return node("Vander", x, n, increasing);
        }
        if (x.rank() != 1) {
            throw new IllegalArgumentException("vander: a vector is required. Received: " + x.type() + ". Use ravel.");
        }
        Tensor exponents = arange(increasing ? 0 : n - 1, increasing ? n : -1, increasing ? 1 : -1);
        DType computed = x.dtype().isFloating() ? x.dtype() : DType.FLOAT32;
        return cast(power(cast(expandDims(x, -1), computed), cast(exponents, computed)), x.dtype());
    }

    /** {@link #vander(Tensor, int, boolean)} with as many columns as rows, decreasing. */
    public static Tensor vander(Tensor x) {
        return x.isSymbolic() ? node("Vander", x) : vander(x, (int) x.size(), false);
    }

    /** For each element the choice of the first condition that holds, or a number if none does. */
    public static Tensor select(List<Tensor> conditions, List<Tensor> choices, double otherwise) {
        if (symbolic(conditions) || symbolic(choices)) {
            return node("Select", conditions, choices, otherwise);
        }
        List<Tensor> same = sameType("select", choices);
        Tensor result = scalar(same.get(0).dtype(), otherwise);
        for (int i = conditions.size() - 1; i >= 0; i--) {
            result = where(conditions.get(i), same.get(i), result);
        }
        return result;
    }

    /** The indices of elements of a tensor of some shape that have the given numbers in row-major order, one tensor an axis. */
    public static List<Tensor> unravelIndex(Tensor indices, Shape shape) {
        if (indices.isSymbolic()) {
            return OpTable.call("UnravelIndex", indices, shape);
        }
        List<Tensor> coordinates = new ArrayList<>();
        long[] strides = shape.strides();
        for (int axis = 0; axis < shape.rank(); axis++) {
            coordinates.add(mod(floorDivide(indices, strides[axis]), shape.dim(axis)));
        }
        return coordinates;
    }

    /**
     * The indices of the elements other than 0, one vector for each axis, as int32; of a concrete tensor, since their
     * number depends on the elements.
     */
    public static List<Tensor> nonzero(Tensor x) {
        boolean[] elements = truth(x).toBooleanArray();
        int[] places = IntStream.range(0, elements.length).filter(i -> elements[i]).toArray();
        Tensor flat = Tensor.of(places, places.length);
        return unravelIndex(flat, x.shape());
    }

    /** A tensor of a shape whose elements don't matter: zeros, floatx. */
    public static Tensor empty(long... dims) {
        return zeros(dims);
    }

    /** A tensor of the shape and type of x whose elements don't matter: zeros. */
    public static Tensor emptyLike(Tensor x) {
        return x.isSymbolic() ? node("EmptyLike", x) : zerosLike(x);
    }

    /**
     * Indices along the last axis such that element {@code kth} is the one of sorted order, smaller ones before, larger
     * ones after. Result: int32.
     */
    public static Tensor argpartition(Tensor x, int kth) {
        return x.isSymbolic() ? node("Argpartition", x, kth) : argsort(x, -1);
    }

    /**
     * Splits, reorders and merges axes by a pattern such as {@code "b (h p) w c -> b h w (p c)"}.
     *
     * @param lengths of the axes in brackets on the left, one of which in each bracket may be left out
     */
    public static Tensor rearrange(Tensor x, String pattern, Map<String, Integer> lengths) {
        return x.isSymbolic() ? node("Rearrange", x, pattern, lengths) : new Rearrangement(pattern, lengths).of(x);
    }

    /** {@link #rearrange(Tensor, String, Map)} without brackets on the left. */
    public static Tensor rearrange(Tensor x, String pattern) {
        return rearrange(x, pattern, Map.of());
    }

    private static int place(int index, boolean exchanged) {
        return exchanged && index < 2 ? 1 - index : index;
    }

    private static long length(Tensor x, int axis) {
        return axis < 0 ? 1 : x.shape().dim(axis);
    }

    private static List<Tensor> components(Tensor x) {
        long count = x.shape().dim(-1);
        if (count != 2 && count != 3) {
            throw new IllegalArgumentException("cross: 2 or 3 elements along the axis are required. Received: " + count + " of "
                    + x.type() + ". Check the axis.");
        }
        List<Tensor> components = new ArrayList<>(unstack(x, -1));
        if (count == 2) {
            components.add(zerosLike(components.get(0)));
        }
        return components;
    }
}
