package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of {@code yPred - yTrue * log(yPred)}. */
public final class Poisson extends MeanOf<Poisson> {
    /** Named {@code "poisson"}. */
    public Poisson() {
        super("poisson", Direction.DOWN);
    }

    static Poisson from(JsonNode config) {
        return new Poisson().configure(config);
    }

    @Override
    Poisson self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.poisson(yTrue, yPred);
    }
}
