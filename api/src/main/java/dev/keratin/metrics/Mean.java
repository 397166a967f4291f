package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The weighted mean of all values it is given, such as losses of batches. As a metric of a model: of its outputs. */
public final class Mean extends StandardMetric<Mean> {
    private @Nullable RunningMean mean;

    /** Named {@code "mean"}. */
    public Mean() {
        super("mean");
    }

    static Mean from(JsonNode config) {
        return new Mean().configure(config);
    }

    @Override
    Mean self() {
        return this;
    }

    @Override
    void build() {
        mean = new RunningMean(this);
    }

    /** Adds values with weight 1. */
    public void update(Tensor values) {
        update(values, null);
    }

    /** Adds values, [batch, ...] or a scalar, with weights of as many axes or less; null for 1. */
    public void update(Tensor values, @Nullable Tensor sampleWeight) {
        mean().add(values, sampleWeight);
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        update(yPred, sampleWeight);
    }

    @Override
    public Tensor result() {
        return mean().result();
    }

    private RunningMean mean() {
        ensureBuilt();
        return Objects.requireNonNull(mean);
    }
}
