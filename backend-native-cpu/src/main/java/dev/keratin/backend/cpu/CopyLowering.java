package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Node;

/** Writes ops that only move elements. */
final class CopyLowering {
    private CopyLowering() {}

    /** All bytes of the operand as they are. */
    static void copy(Node node, Code code) {
        code.begin(Opcode.COPY, node).slot(node.inputs().get(0)).slot(node.output())
                .word(node.output().type().byteSize()).end();
    }
}
