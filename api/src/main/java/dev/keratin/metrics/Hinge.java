package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of {@code max(1 - yTrue * yPred, 0)}; targets are -1 or 1, or all of them 0 or 1. */
public final class Hinge extends MeanOf<Hinge> {
    /** Named {@code "hinge"}. */
    public Hinge() {
        super("hinge", Direction.DOWN);
    }

    static Hinge from(JsonNode config) {
        return new Hinge().configure(config);
    }

    @Override
    Hinge self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.hinge(yTrue, yPred);
    }
}
