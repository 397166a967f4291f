package dev.keratin.io.hdf5;

import java.util.ArrayList;
import java.util.List;

/** Cuts a run of elements in row-major order into boxes, which is what libhdf5 can select. */
final class Boxes {
    /** The index of a box's first element and its length, on each axis. */
    record Box(long[] start, long[] count) {
        long elements() {
            long product = 1;
            for (long length : count) {
                product *= length;
            }
            return product;
        }
    }

    private final long[] dims;
    private final List<Box> boxes = new ArrayList<>();

    private Boxes(long[] dims) {
        this.dims = dims;
    }

    /** The boxes of {@code count} elements from {@code first} on, in order; at most two per axis and one more. */
    static List<Box> of(long[] dims, long first, long count) {
        Boxes boxes = new Boxes(dims);
        boxes.cut(0, new long[dims.length], first, count);
        return boxes.boxes;
    }

    /** Cuts a run within the row that {@code start} names on the axes before {@code axis}. */
    private void cut(int axis, long[] start, long first, long count) {
        long inner = inner(axis);
        long at = first;
        long left = count;
        while (left > 0) {
            long[] here = start.clone();
            here[axis] = at / inner;
            long within = at % inner;
            long taken;
            if (within == 0 && left >= inner) {
                taken = left / inner * inner;
                boxes.add(new Box(here, lengths(axis, taken / inner)));
            } else {
                taken = Math.min(left, inner - within);
                cut(axis + 1, here, within, taken);
            }
            at += taken;
            left -= taken;
        }
    }

    /** The elements per step on an axis. */
    private long inner(int axis) {
        long product = 1;
        for (int i = axis + 1; i < dims.length; i++) {
            product *= dims[i];
        }
        return product;
    }

    private long[] lengths(int axis, long rows) {
        long[] count = dims.clone();
        for (int i = 0; i < axis; i++) {
            count[i] = 1;
        }
        count[axis] = rows;
        return count;
    }
}
