package dev.keratin.backend.cuda;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A space and the strides of views of it, with neighbouring axes joined to one where all views allow it. */
final class Joined {
    private final List<long[]> axes = new ArrayList<>();
    private final int views;

    private Joined(int views) {
        this.views = views;
    }

    /** At least one axis remains. */
    static Joined of(long[] dims, long[]... strides) {
        Joined joined = new Joined(strides.length);
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] != 1) {
                joined.add(dims[axis], axis, strides);
            }
        }
        if (joined.axes.isEmpty()) {
            long[] one = new long[1 + strides.length];
            one[0] = 1;
            joined.axes.add(one);
        }
        return joined;
    }

    private void add(long length, int axis, long[][] strides) {
        long[] last = axes.isEmpty() ? null : axes.get(axes.size() - 1);
        boolean joins = last != null;
        for (int view = 0; joins && view < views; view++) {
            joins = last[1 + view] == strides[view][axis] * length;
        }
        long[] next = joins ? last : new long[1 + views];
        next[0] = joins ? last[0] * length : length;
        for (int view = 0; view < views; view++) {
            next[1 + view] = strides[view][axis];
        }
        if (!joins) {
            axes.add(next);
        }
    }

    int rank() {
        return axes.size();
    }

    long[] lengths() {
        return axes.stream().mapToLong(axis -> axis[0]).toArray();
    }

    long[] strides(int view) {
        return axes.stream().mapToLong(axis -> axis[1 + view]).toArray();
    }

    /** How far the last element of a view is from its first one. */
    long reach(int view) {
        return axes.stream().mapToLong(axis -> (axis[0] - 1) * Math.abs(axis[1 + view])).sum();
    }

    /** What divides all lengths at which neighbouring elements of one view are not neighbours in all; 1 where none are. */
    long neighbours() {
        if (IntStream.range(0, views).anyMatch(view -> strides(view)[rank() - 1] != 1)) {
            return 1;
        }
        LongStream others = IntStream.range(0, views).boxed().flatMapToLong(view -> LongStream.of(strides(view)).limit(rank() - 1L));
        return others.reduce(lengths()[rank() - 1], (a, b) -> BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact());
    }

    /** The same counted in packs of elements. */
    Joined inPacks(int width) {
        Joined packs = new Joined(views);
        for (long[] axis : axes) {
            long[] next = axis.clone();
            boolean last = axis == axes.get(rank() - 1);
            for (int i = last ? 0 : 1; i < (last ? 1 : next.length); i++) {
                next[i] /= width;
            }
            packs.axes.add(next);
        }
        return packs;
    }

    /** Without two axes; an axis of length 1 where none remains. */
    Joined without(int one, int other) {
        Joined rest = new Joined(views);
        IntStream.range(0, rank()).filter(axis -> axis != one && axis != other).forEach(axis -> rest.axes.add(axes.get(axis)));
        if (rest.axes.isEmpty()) {
            rest.axes.add(Joined.of(new long[0], new long[views][0]).axes.get(0));
        }
        return rest;
    }
}
