package dev.keratin.metrics;

import dev.keratin.Tensor;
import java.util.function.BinaryOperator;

/** The weighted mean over all samples of a function of one's own. To save a model that uses one, extend {@link Metric}. */
public final class MeanMetricWrapper extends MeanOf<MeanMetricWrapper> {
    private final BinaryOperator<Tensor> function;

    /**
     * The mean of a function.
     *
     * @param function of targets and predictions, with a result [batch, ...]
     * @param name what it is called in logs
     */
    public MeanMetricWrapper(BinaryOperator<Tensor> function, String name) {
        super(name, Direction.UNKNOWN);
        this.function = function;
    }

    @Override
    MeanMetricWrapper self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return function.apply(yTrue, yPred);
    }
}
