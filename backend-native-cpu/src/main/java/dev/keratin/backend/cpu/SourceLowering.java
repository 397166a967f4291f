package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Node;

/** Writes ops that make values of nothing. */
final class SourceLowering {
    private SourceLowering() {}

    static void iota(Node node, Code code) {
        Iota iota = (Iota) node.op();
        Shape shape = iota.type().shape();
        long outer = shape.subShape(0, iota.axis()).size();
        long inner = shape.subShape(iota.axis() + 1, shape.rank()).size();
        code.begin(Opcode.IOTA, node).slot(node.output()).dtype(iota.type().dtype())
                .word(outer).word(shape.dim(iota.axis())).word(inner).end();
    }

    static void randomBits(Node node, Code code) {
        code.begin(Opcode.RANDOM_BITS, node).slot(node.inputs().get(0)).slot(node.output())
                .word(node.output().type().shape().size()).end();
    }
}
