package dev.keratin.io.hdf5;

import java.util.Arrays;
import java.util.List;

/** Arithmetic on the lengths of axes. */
final class Dims {
    private Dims() {}

    static long elements(List<Long> shape) {
        return bytes(shape, 1);
    }

    /** The product of the lengths and {@code size}; {@link IllegalArgumentException} when it is no {@code long}. */
    static long bytes(List<Long> shape, int size) {
        long product = size;
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException(refusal(shape));
            }
            if (length == 0) {
                return 0;
            }
        }
        for (long length : shape) {
            if (Math.multiplyHigh(product, length) != 0 || product * length < 0) {
                throw new IllegalArgumentException(refusal(shape));
            }
            product *= length;
        }
        return product;
    }

    private static String refusal(List<Long> shape) {
        return "HDF5 dataset: the axes must be at least 0 and hold fewer than 2^63 bytes. Received: shape " + shape
                + ". Check the shape.";
    }

    static long[] array(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
