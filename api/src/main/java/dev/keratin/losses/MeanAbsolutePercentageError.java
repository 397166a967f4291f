package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of the differences along the last axis, as percentages of the targets. */
public final class MeanAbsolutePercentageError extends StandardLoss<MeanAbsolutePercentageError> {
    /** With the default reduction. */
    public MeanAbsolutePercentageError() {
        super("mean_absolute_percentage_error");
    }

    static MeanAbsolutePercentageError from(ObjectNode config) {
        return new MeanAbsolutePercentageError().configure(config);
    }

    @Override
    MeanAbsolutePercentageError self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanAbsolutePercentageError(yTrue, yPred);
    }
}
