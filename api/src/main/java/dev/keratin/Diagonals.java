package dev.keratin;

import dev.keratin.backend.Shape;
import java.util.stream.IntStream;

/** Reads diagonals of matrices that lie along any two axes. */
final class Diagonals {
    private Diagonals() {}

    /** The elements where the index on axis2 minus that on axis1 is {@code offset}, along a new last axis. */
    static Tensor of(Tensor x, int offset, int axis1, int axis2) {
        int[] rest = IntStream.range(0, x.rank()).filter(axis -> axis != axis1 && axis != axis2).toArray();
        int[] order = IntStream.concat(IntStream.of(rest), IntStream.of(axis1, axis2)).toArray();
        Tensor matrices = Ops.transpose(x, order);
        long rows = matrices.shape().dim(-2);
        long columns = matrices.shape().dim(-1);
        long firstRow = Math.max(0, -(long) offset);
        long firstColumn = Math.max(0, offset);
        long count = Math.max(0, Math.min(rows - firstRow, columns - firstColumn));
        Shape outer = matrices.shape().subShape(0, rest.length);
        Tensor flat = ShapeOps.reshaped(matrices, outer.concat(Shape.of(rows * columns)));
        long start = count == 0 ? 0 : firstRow * columns + firstColumn;
        long limit = count == 0 ? 0 : start + (count - 1) * (columns + 1) + 1;
        long[] starts = new long[flat.rank()];
        long[] limits = flat.shape().dims();
        long[] strides = new long[flat.rank()];
        java.util.Arrays.fill(strides, 1);
        starts[rest.length] = start;
        limits[rest.length] = limit;
        strides[rest.length] = columns + 1;
        return SliceOps.strided(flat, starts, limits, strides);
    }
}
