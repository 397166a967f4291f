package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The harmonic mean of precision and recall, for targets and predictions [batch, classes]; one for each class. */
public final class F1Score extends FScore<F1Score> {
    /** Named {@code "f1_score"}. */
    public F1Score() {
        super("f1_score");
    }

    static F1Score from(JsonNode config) {
        return new F1Score().configureAll(((ObjectNode) config.deepCopy()).without("beta"));
    }

    @Override
    F1Score self() {
        return this;
    }
}
