package dev.keratin;

import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Axis arguments as users write them (negative counts from the last) turned into what ops take. */
final class Axes {
    private Axes() {}

    /** All axes of a tensor. */
    static int[] all(Tensor x) {
        return IntStream.range(0, x.rank()).toArray();
    }

    /** Axes counted from the first one, sorted. */
    static List<Integer> normal(String who, Tensor x, int... axes) {
        List<Integer> result = new ArrayList<>();
        for (int axis : axes) {
            int normal = normal(who, x, axis);
            if (result.contains(normal)) {
                throw new IllegalArgumentException(who + ": axes that differ are required. Received: "
                        + Arrays.toString(axes) + " for " + x.type() + ". Name each axis once.");
            }
            result.add(normal);
        }
        result.sort(null);
        return result;
    }

    /** An axis counted from the first one. */
    static int normal(String who, Tensor x, int axis) {
        return normal(who, x, axis, x.rank());
    }

    /** An axis counted from the first one, for a result that has another rank than the tensor. */
    static int normal(String who, Tensor x, int axis, int rank) {
        int normal = axis < 0 ? axis + rank : axis;
        if (normal < 0 || normal >= rank) {
            throw new IllegalArgumentException(who + ": an axis from " + -rank + " to " + (rank - 1)
                    + " is required. Received: " + axis + " for " + x.type() + ". Negative axes count from the last one.");
        }
        return normal;
    }

    /** The number of elements along some axes. */
    static long count(Shape shape, List<Integer> axes) {
        return axes.stream().mapToLong(axis -> shape.dim(axis)).reduce(1, Math::multiplyExact);
    }
}
