package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of {@code max(1 - yTrue * yPred, 0)} along the last axis; targets are -1 or 1, or all of them 0 or 1. */
public final class Hinge extends StandardLoss<Hinge> {
    /** With the default reduction. */
    public Hinge() {
        super("hinge");
    }

    static Hinge from(ObjectNode config) {
        return new Hinge().configure(config);
    }

    @Override
    Hinge self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, Losses::hinge);
    }
}
