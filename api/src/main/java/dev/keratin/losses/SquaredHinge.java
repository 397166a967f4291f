package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of {@code max(1 - yTrue * yPred, 0)^2} along the last axis; targets are -1 or 1, or all of them 0 or 1. */
public final class SquaredHinge extends StandardLoss<SquaredHinge> {
    /** With the default reduction. */
    public SquaredHinge() {
        super("squared_hinge");
    }

    static SquaredHinge from(ObjectNode config) {
        return new SquaredHinge().configure(config);
    }

    @Override
    SquaredHinge self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, Losses::squaredHinge);
    }
}
