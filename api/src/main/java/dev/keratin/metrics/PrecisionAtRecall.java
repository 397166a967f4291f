package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/** The highest precision among the thresholds where the recall is at least a given one. */
public final class PrecisionAtRecall extends BestAtBound<PrecisionAtRecall> {
    /** With the given lowest recall, from 0 to 1. */
    public PrecisionAtRecall(double recall) {
        super("precision_at_recall", "recall", recall);
    }

    static PrecisionAtRecall from(JsonNode config) {
        return new PrecisionAtRecall(Required.number("PrecisionAtRecall", config, "recall")).configureAll(config);
    }

    @Override
    PrecisionAtRecall self() {
        return this;
    }

    @Override
    Tensor bounded() {
        return share(Cell.TRUE_POSITIVES, Cell.FALSE_NEGATIVES);
    }

    @Override
    Tensor figure() {
        return share(Cell.TRUE_POSITIVES, Cell.FALSE_POSITIVES);
    }
}
