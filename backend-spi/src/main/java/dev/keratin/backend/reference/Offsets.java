package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;

/** Maps from the elements of one tensor, in row-major order, to positions in another one. */
final class Offsets {
    private Offsets() {}

    /** For each element of a shape, {@code start} plus the sum of its coordinates times the strides. */
    static int[] of(Shape shape, long[] strides, long start) {
        int[] offsets = new int[Math.toIntExact(shape.size())];
        if (offsets.length == 0) {
            return offsets;
        }
        offsets[0] = (int) start;
        int filled = 1;
        for (int axis = 0; axis < shape.rank(); axis++) {
            filled = spread(offsets, filled, (int) shape.dim(axis), strides[axis]);
        }
        return offsets;
    }

    /** Replaces each of the first {@code filled} offsets by {@code length} ones, {@code stride} apart. */
    private static int spread(int[] offsets, int filled, int length, long stride) {
        for (int i = filled - 1; i >= 0; i--) {
            int base = offsets[i];
            for (int j = length - 1; j >= 0; j--) {
                offsets[i * length + j] = (int) (base + j * stride);
            }
        }
        return filled * length;
    }

    /** For each element of {@code to}, the element of {@code from} that is repeated there under NumPy's rules. */
    static int[] stretched(Shape from, Shape to) {
        long[] source = from.strides();
        long[] strides = new long[to.rank()];
        int missing = to.rank() - from.rank();
        for (int axis = 0; axis < from.rank(); axis++) {
            strides[missing + axis] = from.dim(axis) == 1 ? 0 : source[axis];
        }
        return of(to, strides, 0);
    }

}
