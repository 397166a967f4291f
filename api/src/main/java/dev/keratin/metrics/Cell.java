package dev.keratin.metrics;

import java.util.Locale;

/** A cell of the confusion matrix of a yes-or-no question. */
enum Cell {
    TRUE_POSITIVES,
    FALSE_POSITIVES,
    TRUE_NEGATIVES,
    FALSE_NEGATIVES;

    boolean isTrueLabel() {
        return this == TRUE_POSITIVES || this == FALSE_NEGATIVES;
    }

    boolean isPositive() {
        return this == TRUE_POSITIVES || this == FALSE_POSITIVES;
    }

    /** The name of its variable. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
