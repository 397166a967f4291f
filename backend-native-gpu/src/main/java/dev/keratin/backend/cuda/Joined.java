package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.List;

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
}
