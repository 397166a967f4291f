package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Node;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which fusions a backend can run; {@link dev.keratin.backend.ir.FusionKind} says what each kind holds.
 *
 * @param loop whether LOOP fusions are made
 * @param row whether ROW fusions are made
 * @param column whether COLUMN fusions are made
 * @param epilogue whether EPILOGUE fusions are made
 * @param columnElements whether a COLUMN may also have results of its full shape
 * @param columnResults whether a COLUMN may also hold what follows from its reductions in their shape
 * @param maxRowLength the most elements on the last axis of a ROW
 * @param maxOperands the most operands and results together of a LOOP, ROW or COLUMN
 * @param elementwise which Unary, Binary, Compare, Select and Cast nodes a LOOP, ROW or COLUMN may hold
 * @param acceptsEpilogue whether an EPILOGUE may hold these nodes: a MatMul or Conv, then elementwise nodes, in order; in
 *     front of their readers stand the Constants among their operands whose elements are all one number
 */
public record FusionPolicy(
        boolean loop,
        boolean row,
        boolean column,
        boolean epilogue,
        boolean columnElements,
        boolean columnResults,
        long maxRowLength,
        int maxOperands,
        Predicate<Node> elementwise,
        Predicate<List<Node>> acceptsEpilogue) {

    /** No fusion at all. */
    public static FusionPolicy none() {
        return new FusionPolicy(false, false, false, false, false, false, 0, 0, node -> false, nodes -> false);
    }

    /** Every kind: rows of up to 16384 elements, up to 24 operands and results, any epilogue. */
    public static FusionPolicy all() {
        return new FusionPolicy(true, true, true, true, false, false, 16384, 24, node -> true, nodes -> true);
    }

    /** This policy with other kinds. */
    public FusionPolicy withKinds(boolean newLoop, boolean newRow, boolean newColumn, boolean newEpilogue) {
        return new FusionPolicy(newLoop, newRow, newColumn, newEpilogue, columnElements, columnResults, maxRowLength,
                maxOperands, elementwise, acceptsEpilogue);
    }

    /** This policy with or without full-shape results of a COLUMN. */
    public FusionPolicy withColumnElements(boolean allowed) {
        return new FusionPolicy(loop, row, column, epilogue, allowed, columnResults, maxRowLength, maxOperands,
                elementwise, acceptsEpilogue);
    }

    /** This policy with or without what follows from the reductions of a COLUMN. */
    public FusionPolicy withColumnResults(boolean allowed) {
        return new FusionPolicy(loop, row, column, epilogue, columnElements, allowed, maxRowLength, maxOperands,
                elementwise, acceptsEpilogue);
    }

    /** This policy with other limits. */
    public FusionPolicy withLimits(long rowLength, int operands) {
        return new FusionPolicy(loop, row, column, epilogue, columnElements, columnResults, rowLength, operands,
                elementwise, acceptsEpilogue);
    }

    /** This policy with another choice of elementwise nodes. */
    public FusionPolicy withElementwise(Predicate<Node> accepted) {
        return new FusionPolicy(loop, row, column, epilogue, columnElements, columnResults, maxRowLength,
                maxOperands, accepted, acceptsEpilogue);
    }

    /** This policy with another choice of epilogues. */
    public FusionPolicy withEpilogues(Predicate<List<Node>> accepted) {
        return new FusionPolicy(loop, row, column, epilogue, columnElements, columnResults, maxRowLength,
                maxOperands, elementwise, accepted);
    }
}
