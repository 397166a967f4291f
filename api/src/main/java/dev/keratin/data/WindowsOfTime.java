package dev.keratin.data;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;
import java.util.Optional;

/** Batches of windows, cut out of a series at positions that come in batches. */
final class WindowsOfTime extends Dataset {
    private final Dataset positions;
    private final Tensor data;
    private final Optional<Tensor> targets;
    private final int[] offsets;

    /** @param offsets of the steps of a window from its position */
    WindowsOfTime(Dataset positions, Tensor data, Optional<Tensor> targets, int[] offsets) {
        this.positions = positions.map(this::windows);
        this.data = data;
        this.targets = targets;
        this.offsets = offsets;
    }

    private Batch windows(Batch starts) {
        Tensor first = starts.x().get(0);
        Tensor steps = Ops.add(Ops.expandDims(first, 1), Tensor.of(offsets, 1, offsets.length));
        List<Tensor> y = targets.map(all -> List.of(Ops.take(all, first, 0))).orElse(List.of());
        return new Batch(List.of(Ops.take(data, steps, 0)), y, List.of());
    }

    @Override
    public BatchIterator iterator() {
        return positions.iterator();
    }

    @Override
    public long cardinality() {
        return positions.cardinality();
    }
}
