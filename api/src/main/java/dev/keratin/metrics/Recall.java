package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;

/** The share of what was predicted to be true in what is true; 0 as long as nothing is. */
public final class Recall extends SelectiveRatio<Recall> {
    /** Named {@code "recall"}, with the threshold 0.5. */
    public Recall() {
        super("recall", Cell.FALSE_NEGATIVES);
    }

    /** With the given thresholds, from 0 to 1. */
    public Recall(double... thresholds) {
        this();
        thresholds(thresholds);
    }

    static Recall from(JsonNode config) {
        return new Recall().configureAll(config);
    }

    @Override
    Recall self() {
        return this;
    }
}
