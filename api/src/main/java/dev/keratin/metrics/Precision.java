package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;

/** The share of what is right in what was predicted to be true; 0 as long as nothing was. */
public final class Precision extends SelectiveRatio<Precision> {
    /** Named {@code "precision"}, with the threshold 0.5. */
    public Precision() {
        super("precision", Cell.FALSE_POSITIVES);
    }

    /** With the given thresholds, from 0 to 1. */
    public Precision(double... thresholds) {
        this();
        thresholds(thresholds);
    }

    static Precision from(JsonNode config) {
        return new Precision().configureAll(config);
    }

    @Override
    Precision self() {
        return this;
    }
}
