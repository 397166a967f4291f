package dev.keratin.backend.ir;

/** Comparisons of two elements of the same type; with NaN only {@link #NE} holds. */
public enum CompareKind {
    /** {@code a == b}. */
    EQ,
    /** {@code a != b}. */
    NE,
    /** {@code a < b}. */
    LT,
    /** {@code a <= b}. */
    LE,
    /** {@code a > b}. */
    GT,
    /** {@code a >= b}. */
    GE
}
