package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of the magnitudes of the differences. */
public final class MeanAbsoluteError extends MeanOf<MeanAbsoluteError> {
    /** Named {@code "mean_absolute_error"}. */
    public MeanAbsoluteError() {
        super("mean_absolute_error", Direction.DOWN);
    }

    static MeanAbsoluteError from(JsonNode config) {
        return new MeanAbsoluteError().configure(config);
    }

    @Override
    MeanAbsoluteError self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanAbsoluteError(yTrue, yPred);
    }
}
