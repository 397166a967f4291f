package dev.keratin.metrics;

/** Which way a metric improves. */
public enum Direction {
    /** More is better. */
    UP,
    /** Less is better. */
    DOWN,
    /** It depends. */
    UNKNOWN
}
