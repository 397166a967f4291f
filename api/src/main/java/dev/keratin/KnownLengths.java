package dev.keratin;

import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The ways in which unknown lengths of tensors can be among the known ones. */
final class KnownLengths {
    /** No more ways than that are tried for a function that may fail for another reason. */
    private static final int MOST = 64;

    private KnownLengths() {}

    /**
     * What the unknown lengths may be, for each axis counted from the first; {@link Shape#UNKNOWN} where an axis stays free.
     * Those that fix the fewest axes come first.
     */
    static List<long[]> of(List<Tensor> tensors) {
        SortedSet<Long> known = new TreeSet<>();
        SortedSet<Integer> axes = new TreeSet<>();
        int rank = 0;
        for (Tensor tensor : tensors) {
            long[] dims = tensor.shape().dims();
            rank = Math.max(rank, dims.length);
            for (int axis = 0; axis < dims.length; axis++) {
                if (dims[axis] == Shape.UNKNOWN) {
                    axes.add(axis);
                } else if (dims[axis] > 1) {
                    known.add(dims[axis]);
                }
            }
        }
        long[] free = new long[rank];
        Arrays.fill(free, Shape.UNKNOWN);
        List<long[]> ways = new ArrayList<>();
        List<long[]> level = List.of(free);
        while (!level.isEmpty() && ways.size() < MOST) {
            level = level.stream().flatMap(way -> more(way, axes, known)).toList();
            ways.addAll(level);
        }
        return ways.stream().limit(MOST).toList();
    }

    /** The ways that fix one axis more, after those that are fixed already. */
    private static Stream<long[]> more(long[] way, SortedSet<Integer> axes, SortedSet<Long> known) {
        return axes.stream().filter(axis -> Arrays.stream(way, axis, way.length).allMatch(length -> length == Shape.UNKNOWN))
                .flatMap(axis -> known.stream().map(length -> with(way, axis, length)));
    }

    private static long[] with(long[] way, int axis, long length) {
        long[] result = way.clone();
        result[axis] = length;
        return result;
    }
}
