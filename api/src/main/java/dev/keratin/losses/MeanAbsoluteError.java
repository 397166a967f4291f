package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of the magnitudes of the differences along the last axis. */
public final class MeanAbsoluteError extends StandardLoss<MeanAbsoluteError> {
    /** With the default reduction. */
    public MeanAbsoluteError() {
        super("mean_absolute_error");
    }

    static MeanAbsoluteError from(ObjectNode config) {
        return new MeanAbsoluteError().configure(config);
    }

    @Override
    MeanAbsoluteError self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanAbsoluteError(yTrue, yPred);
    }
}
