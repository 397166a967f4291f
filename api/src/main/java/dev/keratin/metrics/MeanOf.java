package dev.keratin.metrics;

import dev.keratin.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weighted mean over all samples of a function of targets and predictions.
 *
 * @param <T> the class itself
 */
abstract class MeanOf<T extends MeanOf<T>> extends StandardMetric<T> {
    private final Direction direction;
    private @Nullable RunningMean mean;

    MeanOf(String name, Direction direction) {
        super(name);
        this.direction = direction;
    }

    /** The function: [batch, ...]. */
    abstract Tensor values(Tensor yTrue, Tensor yPred);

    @Override
    void build() {
        mean = new RunningMean(this);
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        mean().add(values(yTrue, yPred), Samplewise.masked(sampleWeight, yPred.mask(), dtype()));
    }

    @Override
    public Tensor result() {
        return mean().result();
    }

    @Override
    public final Direction direction() {
        return direction;
    }

    private RunningMean mean() {
        ensureBuilt();
        return Objects.requireNonNull(mean);
    }
}
