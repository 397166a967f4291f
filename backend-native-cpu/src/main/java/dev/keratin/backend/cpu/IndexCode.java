package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;

/** Writes operands that are indices, as {@code indices.h} reads them. */
final class IndexCode {
    /** Who says so when an index is out of range, in the order of {@code indices.h}. */
    enum Who {
        GATHER, GATHER_ND, GATHER_ELEMENTS, SCATTER_ND, SCATTER_ELEMENTS
    }

    private IndexCode() {}

    /** The second operand, each element pointing into an axis of the first one. */
    static Code along(Who who, Node node, int axis, Code code) {
        Value indices = node.inputs().get(1);
        return write(who, false, indices, code).word(indices.type().shape().size())
                .words(node.inputs().get(0).type().shape().dim(axis));
    }

    /** The second operand, tuples along its last axis pointing into the first axes of the first operand. */
    static Code tuples(Who who, Node node, Code code) {
        Value indices = node.inputs().get(1);
        Shape lengths = node.inputs().get(0).type().shape().subShape(0, tuple(node));
        return write(who, true, indices, code).word(indices.type().shape().remove(-1).size()).shape(lengths);
    }

    private static Code write(Who who, boolean where, Value indices, Code code) {
        return code.word(who.ordinal()).flag(where).slot(indices).dtype(indices.type().dtype());
    }

    /** How many axes of the first operand the tuples of the second one point into. */
    static int tuple(Node node) {
        return (int) node.inputs().get(1).type().shape().dim(-1);
    }
}
