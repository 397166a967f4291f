package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/** The highest recall among the thresholds where the precision is at least a given one. */
public final class RecallAtPrecision extends BestAtBound<RecallAtPrecision> {
    /** With the given lowest precision, from 0 to 1. */
    public RecallAtPrecision(double precision) {
        super("recall_at_precision", "precision", precision);
    }

    static RecallAtPrecision from(JsonNode config) {
        return new RecallAtPrecision(Required.number("RecallAtPrecision", config, "precision")).configureAll(config);
    }

    @Override
    RecallAtPrecision self() {
        return this;
    }

    @Override
    Tensor bounded() {
        return share(Cell.TRUE_POSITIVES, Cell.FALSE_POSITIVES);
    }

    @Override
    Tensor figure() {
        return share(Cell.TRUE_POSITIVES, Cell.FALSE_NEGATIVES);
    }
}
