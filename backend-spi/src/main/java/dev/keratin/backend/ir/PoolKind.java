package dev.keratin.backend.ir;

/** How the elements of a window become one. */
public enum PoolKind {
    /** The largest; padding does not count. */
    MAX,
    /** The mean; padding does not count, neither in the sum nor in the divisor. */
    AVERAGE
}
