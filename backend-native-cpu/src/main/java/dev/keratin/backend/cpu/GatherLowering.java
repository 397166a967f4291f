package dev.keratin.backend.cpu;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.Node;

/** Writes the ops that take rows or elements at given indices. */
final class GatherLowering {
    private GatherLowering() {}

    static void gather(Node node, Code code) {
        TensorType x = node.inputs().get(0).type();
        int axis = ((Gather) node.op()).axis();
        Lines lines = Lines.of(x.shape(), axis);
        begin(node, code).word(lines.outer()).word(lines.inner() * x.dtype().byteSize());
        IndexCode.along(IndexCode.Who.GATHER, node, axis, code).end();
    }

    static void gatherNd(Node node, Code code) {
        TensorType x = node.inputs().get(0).type();
        long row = x.shape().subShape(IndexCode.tuple(node), x.shape().rank()).size();
        begin(node, code).word(1).word(row * x.dtype().byteSize());
        IndexCode.tuples(IndexCode.Who.GATHER_ND, node, code).end();
    }

    private static Code begin(Node node, Code code) {
        return code.begin(Opcode.GATHER, node).slot(node.inputs().get(0)).slot(node.output());
    }

    static void gatherElements(Node node, Code code) {
        TensorType x = node.inputs().get(0).type();
        int axis = ((GatherElements) node.op()).axis();
        Lines lines = Lines.of(x.shape(), axis);
        code.begin(Opcode.GATHER_ELEMENTS, node).slot(node.inputs().get(0)).slot(node.output()).word(lines.length())
                .word(node.output().type().shape().dim(axis)).word(lines.inner()).word(x.dtype().byteSize());
        IndexCode.along(IndexCode.Who.GATHER_ELEMENTS, node, axis, code).end();
    }
}
