package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.losses.Ranks;

/** The root of the mean of the squared differences. */
public final class RootMeanSquaredError extends MeanOf<RootMeanSquaredError> {
    /** Named {@code "root_mean_squared_error"}. */
    public RootMeanSquaredError() {
        super("root_mean_squared_error", Direction.DOWN);
    }

    static RootMeanSquaredError from(JsonNode config) {
        return new RootMeanSquaredError().configure(config);
    }

    @Override
    RootMeanSquaredError self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        Ranks same = Ranks.match(Ops.cast(yTrue, dtype()), Ops.cast(yPred, dtype()));
        return Ops.square(Ops.subtract(same.second(), same.first()));
    }

    @Override
    public Tensor result() {
        return Ops.sqrt(super.result());
    }
}
