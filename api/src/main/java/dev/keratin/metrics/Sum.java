package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The weighted sum of all values that it is given. As a metric of a model: of its outputs. */
public final class Sum extends StandardMetric<Sum> {
    private @Nullable Variable total;

    /** Named {@code "sum"}. */
    public Sum() {
        super("sum");
    }

    static Sum from(JsonNode config) {
        return new Sum().configure(config);
    }

    @Override
    Sum self() {
        return this;
    }

    @Override
    void build() {
        total = addVariable("total");
    }

    /** Adds values with weight 1. */
    public void update(Tensor values) {
        update(values, null);
    }

    /** Adds values, [batch, ...] or a scalar, with weights of as many axes or less; null for 1. */
    public void update(Tensor values, @Nullable Tensor sampleWeight) {
        Samplewise batch = Samplewise.of(values, sampleWeight, (x, axes) -> Ops.sum(x, axes, false), dtype());
        total().assignAdd(Ops.sum(batch.values()));
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        update(yPred, sampleWeight);
    }

    /** The sum; a copy. */
    @Override
    public Tensor result() {
        return Ops.add(total().value(), 0);
    }

    private Variable total() {
        ensureBuilt();
        return Objects.requireNonNull(total);
    }
}
