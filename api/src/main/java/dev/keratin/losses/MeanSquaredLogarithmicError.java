package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of the squared differences of the logarithms along the last axis; for targets of at least 0. */
public final class MeanSquaredLogarithmicError extends StandardLoss<MeanSquaredLogarithmicError> {
    /** With the default reduction. */
    public MeanSquaredLogarithmicError() {
        super("mean_squared_logarithmic_error");
    }

    static MeanSquaredLogarithmicError from(ObjectNode config) {
        return new MeanSquaredLogarithmicError().configure(config);
    }

    @Override
    MeanSquaredLogarithmicError self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanSquaredLogarithmicError(yTrue, yPred);
    }
}
