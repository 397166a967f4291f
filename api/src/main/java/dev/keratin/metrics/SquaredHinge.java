package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of {@code max(1 - yTrue * yPred, 0)^2}; targets are -1 or 1, or all of them 0 or 1. */
public final class SquaredHinge extends MeanOf<SquaredHinge> {
    /** Named {@code "squared_hinge"}. */
    public SquaredHinge() {
        super("squared_hinge", Direction.DOWN);
    }

    static SquaredHinge from(JsonNode config) {
        return new SquaredHinge().configure(config);
    }

    @Override
    SquaredHinge self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.squaredHinge(yTrue, yPred);
    }
}
