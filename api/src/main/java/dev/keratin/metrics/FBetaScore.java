package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code (1 + beta^2) * precision * recall / (beta^2 * precision + recall)}, for targets and predictions
 * [batch, classes]; one for each class. The greater beta, the more recall counts.
 */
public final class FBetaScore extends FScore<FBetaScore> {
    /** Named {@code "fbeta_score"}, with beta 1. */
    public FBetaScore() {
        super("fbeta_score");
    }

    static FBetaScore from(JsonNode config) {
        return new FBetaScore().configureAll(config);
    }

    /** Sets beta, above 0; 1 unless set. */
    public FBetaScore beta(double beta) {
        setBeta(beta);
        return this;
    }

    @Override
    FBetaScore self() {
        return this;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta", beta());
    }
}
