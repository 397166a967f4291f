package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/**
 * The highest sensitivity (recall) among the thresholds where the specificity (the share of what is false that was
 * predicted to be) is at least a given one.
 */
public final class SensitivityAtSpecificity extends BestAtBound<SensitivityAtSpecificity> {
    /** With the given lowest specificity, from 0 to 1. */
    public SensitivityAtSpecificity(double specificity) {
        super("sensitivity_at_specificity", "specificity", specificity);
    }

    static SensitivityAtSpecificity from(JsonNode config) {
        return new SensitivityAtSpecificity(Required.number("SensitivityAtSpecificity", config, "specificity"))
                .configureAll(config);
    }

    @Override
    SensitivityAtSpecificity self() {
        return this;
    }

    @Override
    Tensor bounded() {
        return share(Cell.TRUE_NEGATIVES, Cell.FALSE_POSITIVES);
    }

    @Override
    Tensor figure() {
        return share(Cell.TRUE_POSITIVES, Cell.FALSE_NEGATIVES);
    }
}
