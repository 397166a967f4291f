package dev.keratin.backend.ir;

/** What a backend may rely on when it runs a Fusion. */
public enum FusionKind {
    /** Unary, binary, compare, select and cast ops, all over one shape, which is that of every result; an operand has that shape or stretches to it. */
    LOOP,
    /** Like LOOP over a shape [..., columns], with reductions of the last axis that keep it with length 1; their results [..., 1] stretch back. A result has either shape. */
    ROW,
    /** A LOOP whose values are reduced by SUM, MAX or MIN over one run of neighbouring axes that does not include the last one; every result is such a reduction, without kept axes, over the same axes. */
    COLUMN,
    /** A MatMul or Conv, then elementwise ops on its only result: a bias along the last axis, a residual of the same shape, an activation; one result. */
    EPILOGUE
}
