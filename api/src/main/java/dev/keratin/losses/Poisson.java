package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of {@code yPred - yTrue * log(yPred)} along the last axis: for counts and their expected values. */
public final class Poisson extends StandardLoss<Poisson> {
    /** With the default reduction. */
    public Poisson() {
        super("poisson");
    }

    static Poisson from(ObjectNode config) {
        return new Poisson().configure(config);
    }

    @Override
    Poisson self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, Losses::poisson);
    }
}
