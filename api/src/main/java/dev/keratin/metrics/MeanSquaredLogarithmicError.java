package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of the squared differences of the logarithms. */
public final class MeanSquaredLogarithmicError extends MeanOf<MeanSquaredLogarithmicError> {
    /** Named {@code "mean_squared_logarithmic_error"}. */
    public MeanSquaredLogarithmicError() {
        super("mean_squared_logarithmic_error", Direction.DOWN);
    }

    static MeanSquaredLogarithmicError from(JsonNode config) {
        return new MeanSquaredLogarithmicError().configure(config);
    }

    @Override
    MeanSquaredLogarithmicError self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanSquaredLogarithmicError(yTrue, yPred);
    }
}
