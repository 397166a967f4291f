package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of the differences as percentages of the targets. */
public final class MeanAbsolutePercentageError extends MeanOf<MeanAbsolutePercentageError> {
    /** Named {@code "mean_absolute_percentage_error"}. */
    public MeanAbsolutePercentageError() {
        super("mean_absolute_percentage_error", Direction.DOWN);
    }

    static MeanAbsolutePercentageError from(JsonNode config) {
        return new MeanAbsolutePercentageError().configure(config);
    }

    @Override
    MeanAbsolutePercentageError self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanAbsolutePercentageError(yTrue, yPred);
    }
}
