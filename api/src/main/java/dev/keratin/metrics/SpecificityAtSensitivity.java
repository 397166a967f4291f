package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;

/**
 * The highest specificity (the share of what is false that was predicted to be) among the thresholds where the
 * sensitivity (recall) is at least a given one.
 */
public final class SpecificityAtSensitivity extends BestAtBound<SpecificityAtSensitivity> {
    /** With the given lowest sensitivity, from 0 to 1. */
    public SpecificityAtSensitivity(double sensitivity) {
        super("specificity_at_sensitivity", "sensitivity", sensitivity);
    }

    static SpecificityAtSensitivity from(JsonNode config) {
        return new SpecificityAtSensitivity(Required.number("SpecificityAtSensitivity", config, "sensitivity"))
                .configureAll(config);
    }

    @Override
    SpecificityAtSensitivity self() {
        return this;
    }

    @Override
    Tensor bounded() {
        return share(Cell.TRUE_POSITIVES, Cell.FALSE_NEGATIVES);
    }

    @Override
    Tensor figure() {
        return share(Cell.TRUE_NEGATIVES, Cell.FALSE_POSITIVES);
    }
}
