package dev.keratin.backend.ir;

/** How elements along axes become one; in brackets the result for none. */
public enum ReduceKind {
    /** Sum [0]; numbers; float16, bfloat16 and float32 are accumulated at least in float32. */
    SUM,
    /** Product [1]; numbers. */
    PROD,
    /** Largest [the type's least value]; numbers; NaN if any is. */
    MAX,
    /** Smallest [the type's greatest value]; numbers; NaN if any is. */
    MIN,
    /** Whether all are true [true]; bool. */
    ALL,
    /** Whether one is true [false]; bool. */
    ANY
}
