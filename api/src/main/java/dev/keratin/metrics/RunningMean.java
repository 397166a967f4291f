package dev.keratin.metrics;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import org.jspecify.annotations.Nullable;

/** A weighted mean over samples, in two variables of a metric. */
final class RunningMean {
    private final Metric owner;
    private final Variable total;
    private final Variable count;

    RunningMean(Metric owner) {
        this.owner = owner;
        this.total = owner.addVariable("total");
        this.count = owner.addVariable("count");
    }

    void add(Tensor values, @Nullable Tensor sampleWeight) {
        Samplewise batch = Samplewise.of(values, sampleWeight, (x, axes) -> Ops.mean(x, axes, false), owner.dtype());
        total.assignAdd(Ops.sum(batch.values()));
        Tensor weights = batch.weights();
        count.assignAdd(weights != null ? Ops.sum(weights)
                : Ops.scalar(owner.dtype(), batch.values().rank() == 0 ? 1 : batch.values().shape().dim(0)));
    }

    /** 0 as long as nothing counts. */
    Tensor result() {
        return Quotient.of(total.value(), count.value());
    }
}
