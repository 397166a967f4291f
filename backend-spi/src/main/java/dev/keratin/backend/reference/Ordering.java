package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;
import java.util.List;

/** Ops that order elements along an axis, by a stable merge sort of their positions. */
final class Ordering {
    private final Tensor x;
    private final boolean descending;

    private Ordering(Tensor x, boolean descending) {
        this.x = x;
        this.descending = descending;
    }

    static void register(Kernels kernels) {
        kernels.single(Sort.class, (op, x, result) ->
                new Ordering(x.get(0), op.descending()).sorted(op.axis(), x.get(0).dim(op.axis())));
        kernels.single(ArgSort.class, (op, x, result) ->
                new Ordering(x.get(0), op.descending()).indices(op.axis(), result));
        kernels.multiple(TopK.class, Ordering::topK);
    }

    private static List<Tensor> topK(TopK op, List<Tensor> operands, Step step) {
        Ordering ordering = new Ordering(operands.get(0), true);
        int axis = operands.get(0).shape().rank() - 1;
        return List.of(ordering.sorted(axis, op.k()), ordering.indices(axis, step.result(1)));
    }

    /** The first {@code kept} elements of each lane in order. */
    private Tensor sorted(int axis, int kept) {
        Shape shape = x.shape().with(axis, kept);
        return x.pick(shape, offsets(axis, shape));
    }

    /** The places in their lanes of the elements that {@link #sorted} gives. */
    private Tensor indices(int axis, TensorType result) {
        Lanes lanes = Lanes.of(x.shape(), axis);
        int[] offsets = offsets(axis, result.shape());
        long[] indices = new long[offsets.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = offsets[i] / lanes.step() % lanes.length();
        }
        return Tensor.ofLongs(result, indices);
    }

    private int[] offsets(int axis, Shape kept) {
        Lanes lanes = Lanes.of(x.shape(), axis);
        Lanes targets = Lanes.of(kept, axis);
        int[] offsets = new int[Math.toIntExact(kept.size())];
        int[] lane = new int[lanes.length()];
        int[] spare = new int[lanes.length()];
        for (int i = 0; i < lanes.count(); i++) {
            for (int k = 0; k < lane.length; k++) {
                lane[k] = lanes.start(i) + k * lanes.step();
            }
            sort(lane, spare, 0, lane.length);
            for (int k = 0; k < targets.length(); k++) {
                offsets[targets.start(i) + k * targets.step()] = lane[k];
            }
        }
        return offsets;
    }

    private void sort(int[] lane, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(lane, spare, from, middle);
        sort(lane, spare, middle, to);
        System.arraycopy(lane, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left == middle || right < to && precedes(spare[right], spare[left]);
            lane[i] = spare[takeRight ? right++ : left++];
        }
    }

    /** Whether one element must stand before another; NaN is larger than all, 0 and -0 are equal. */
    private boolean precedes(int a, int b) {
        int low = descending ? b : a;
        int high = descending ? a : b;
        if (!x.isFloating()) {
            return x.longs[low] < x.longs[high];
        }
        return x.doubles[low] < x.doubles[high] || Double.isNaN(x.doubles[high]) && !Double.isNaN(x.doubles[low]);
    }
}
