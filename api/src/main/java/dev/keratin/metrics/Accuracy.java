package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/** How often predictions equal targets, element by element. */
public final class Accuracy extends MeanOf<Accuracy> {
    /** Named {@code "accuracy"}. */
    public Accuracy() {
        super("accuracy", Direction.UP);
    }

    static Accuracy from(JsonNode config) {
        return new Accuracy().configure(config);
    }

    @Override
    Accuracy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.accuracy(yTrue, yPred);
    }
}
