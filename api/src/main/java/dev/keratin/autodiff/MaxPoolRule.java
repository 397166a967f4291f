package dev.keratin.autodiff;

import static dev.keratin.Ops.apply;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.PoolSpec;
import dev.keratin.backend.ir.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The gradient of the gradient of max pooling, which is linear in what it hands back: from another tensor, the elements at
 * the places that pooling picked.
 */
final class MaxPoolRule {
    private MaxPoolRule() {}

    /** Of each window of {@code from}, the element where that of {@code x} is largest. */
    static Tensor picked(PoolSpec spec, Tensor x, Tensor from) {
        Tensor place = Ops.expandDims(Ops.argmax(Ops.stack(windows(spec, x, Double.NEGATIVE_INFINITY), 0), 0), 0);
        return Ops.squeeze(Ops.takeAlongAxis(Ops.stack(windows(spec, from, 0), 0), place, 0), 0);
    }

    /** For each position in the window, in row-major order, the elements there: as many tensors of the shape of the result. */
    private static List<Tensor> windows(PoolSpec spec, Tensor x, double outside) {
        List<Long> none = Collections.nCopies(x.rank(), 0L);
        Pad pad = new Pad(around(spec.lows()), around(spec.highs()), none);
        Tensor padded = apply(pad, x, Ops.scalar(x.dtype(), outside));
        List<Tensor> all = new ArrayList<>();
        int count = spec.window().stream().reduce(1, (a, b) -> a * b);
        for (int position = 0; position < count; position++) {
            all.add(apply(slice(spec, x, padded, position), padded));
        }
        return all;
    }

    private static List<Long> around(List<Integer> spatial) {
        List<Long> all = new ArrayList<>(List.of(0L));
        spatial.forEach(each -> all.add((long) each));
        all.add(0L);
        return all;
    }

    private static Slice slice(PoolSpec spec, Tensor x, Tensor padded, int position) {
        List<Long> starts = new ArrayList<>(Collections.nCopies(x.rank(), 0L));
        List<Long> limits = new ArrayList<>(padded.shape().toList());
        List<Long> strides = new ArrayList<>(Collections.nCopies(x.rank(), 1L));
        int rest = position;
        for (int axis = spec.spatialRank() - 1; axis >= 0; axis--) {
            long start = rest % spec.window().get(axis);
            rest /= spec.window().get(axis);
            long stride = spec.strides().get(axis);
            starts.set(axis + 1, start);
            limits.set(axis + 1, start + (spec.outputLength(axis, x.shape().dim(axis + 1)) - 1) * stride + 1);
            strides.set(axis + 1, stride);
        }
        return new Slice(starts, limits, strides);
    }
}
