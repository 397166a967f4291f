package dev.keratin.backend.ir;

/**
 * What a backend may rely on when it runs a Fusion.
 *
 * <p>A body of any kind but EPILOGUE and ROUTINE holds only Unary, Binary, Compare, Select and Cast nodes, Constant nodes whose value
 * is a splat of rank 0, and the reductions that its kind allows. No node of a body lacks a reader, no result is a
 * parameter or constant, no two results or parameters are the same, and the nodes' shapes are those given below, where S
 * is the body's full shape and operands that stretch do so under NumPy's rules.
 */
public enum FusionKind {
    /**
     * All over one shape S: every node but constants and every result has it; a parameter has it or stretches to it.
     * Element i of a result depends on element i of the parameters only.
     */
    LOOP,
    /**
     * All over S = [..., columns] and R = [..., 1]: an elementwise node has shape S, or R if its operands stretch to R; a
     * reduction is SUM, PROD, MAX or MIN over the last axis of a value of shape S and keeps it, so has shape R. A result
     * has shape S or R. A parameter stretches to S: typically S itself, R, columns [columns] or [1, ..., columns], or a
     * scalar. There is at least one reduction. Row i of a result depends on row i of the parameters only, where columns
     * and scalars belong to every row.
     */
    ROW,
    /**
     * A LOOP over S whose values are reduced: by SUM, MAX or MIN over one run of neighbouring axes that does not include
     * the last one, without kept axes. All reductions have the same axes; there is at least one. A result is a reduction,
     * or, only if the policy allows columnElements, an elementwise node of shape S; or, only if it allows
     * columnResults, an elementwise node of the reductions' shape, which no node of shape S reads.
     */
    COLUMN,
    /**
     * First a MatMul or Conv of two parameters, then a chain of elementwise nodes: each has the value before it as one of
     * its operands, in its own shape; other operands are parameters that stretch to this shape (typically a bias along
     * the last axis or a residual of the same shape) or splat Constants of rank 0. The only result is the last value.
     */
    EPILOGUE,
    /**
     * Any nodes, which one backend put together itself for a routine of a library; nothing else makes it, and no other
     * backend meets it. What a value holds that only such fusions read is between them.
     */
    ROUTINE
}
