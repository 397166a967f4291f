package dev.keratin.backend.cpu;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;

/** Writes the ops that treat every line along an axis alike. */
final class LineLowering {
    private LineLowering() {}

    static void sort(Node node, Code code) {
        Sort op = (Sort) node.op();
        begin(Opcode.SORT, node, op.axis(), code).flag(op.descending()).slot(node.output()).end();
    }

    static void argSort(Node node, Code code) {
        ArgSort op = (ArgSort) node.op();
        begin(Opcode.ARG_SORT, node, op.axis(), code).flag(op.descending()).slot(node.output()).end();
    }

    static void topK(Node node, Code code) {
        int last = node.inputs().get(0).type().shape().rank() - 1;
        begin(Opcode.TOP_K, node, last, code).word(((TopK) node.op()).k())
                .slot(node.outputs().get(0)).slot(node.outputs().get(1)).end();
    }

    static void argReduce(Node node, Code code) {
        ArgReduce op = (ArgReduce) node.op();
        begin(Opcode.ARG_REDUCE, node, op.axis(), code).flag(op.largest()).slot(node.output()).end();
    }

    static void cumulative(Node node, Code code) {
        Cumulative op = (Cumulative) node.op();
        begin(Opcode.CUMULATIVE, node, op.axis(), code).word(op.kind().ordinal()).flag(op.reverse()).slot(node.output()).end();
    }

    private static Code begin(Opcode opcode, Node node, int axis, Code code) {
        TensorType x = node.inputs().get(0).type();
        code.begin(opcode, node).slot(node.inputs().get(0)).dtype(x.dtype());
        Lines.of(x.shape(), axis).write(code);
        return code;
    }
}
