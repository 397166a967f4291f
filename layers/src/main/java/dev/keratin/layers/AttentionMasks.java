package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import org.jspecify.annotations.Nullable;

/** Collects what hides sources from targets; everything else sees everything. */
final class AttentionMasks {
    private final long targets;
    private final long sources;
    private @Nullable Tensor all;

    AttentionMasks(long targets, long sources) {
        this.targets = targets;
        this.sources = sources;
    }

    /** What is left over; stretches to [batch, targets, sources]; null for everything. */
    @Nullable Tensor all() {
        return all;
    }

    /** Which targets count [batch, targets]. */
    void targets(@Nullable Tensor mask) {
        allowed(mask == null ? null : Ops.expandDims(mask, -1));
    }

    /** Which sources count [batch, sources]. */
    void sources(@Nullable Tensor mask) {
        allowed(mask == null ? null : Ops.expandDims(mask, -2));
    }

    /** Which target may see which source; stretches to [batch, targets, sources]. */
    void allowed(@Nullable Tensor mask) {
        if (mask != null) {
            Tensor truth = Ops.cast(mask, DType.BOOL);
            all = all == null ? truth : Ops.logicalAnd(all, truth);
        }
    }

    /** No target sees a later source. */
    void causal(boolean hide) {
        allowed(hide ? Ops.expandDims(Ops.tri(targets, sources, 0, DType.BOOL), 0) : null);
    }

    /** No target sees a source so many steps away or more; null for all. */
    void window(@Nullable Integer steps) {
        if (steps != null) {
            Tensor near = Ops.logicalXor(Ops.tri(targets, sources, steps - 1, DType.BOOL),
                    Ops.tri(targets, sources, -steps, DType.BOOL));
            allowed(Ops.expandDims(near, 0));
        }
    }
}
