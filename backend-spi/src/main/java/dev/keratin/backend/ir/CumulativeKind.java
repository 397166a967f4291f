package dev.keratin.backend.ir;

/** What is accumulated along an axis; numbers. */
public enum CumulativeKind {
    /** Running sum. */
    SUM,
    /** Running product. */
    PROD,
    /** Running maximum; NaN from the first NaN on. */
    MAX,
    /** Running minimum; NaN from the first NaN on. */
    MIN
}
