package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of the squared differences. */
public final class MeanSquaredError extends MeanOf<MeanSquaredError> {
    /** Named {@code "mean_squared_error"}. */
    public MeanSquaredError() {
        super("mean_squared_error", Direction.DOWN);
    }

    static MeanSquaredError from(JsonNode config) {
        return new MeanSquaredError().configure(config);
    }

    @Override
    MeanSquaredError self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanSquaredError(yTrue, yPred);
    }
}
