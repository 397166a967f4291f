package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of the squared differences along the last axis. */
public final class MeanSquaredError extends StandardLoss<MeanSquaredError> {
    /** With the default reduction. */
    public MeanSquaredError() {
        super("mean_squared_error");
    }

    static MeanSquaredError from(ObjectNode config) {
        return new MeanSquaredError().configure(config);
    }

    @Override
    MeanSquaredError self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanSquaredError(yTrue, yPred);
    }
}
