package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.Svd;
import dev.keratin.backend.ir.TriangularSolve;

/** Writes linear algebra: operands, results, flags. */
final class MatrixLowering {
    private MatrixLowering() {}

    static StepWriter plain(Opcode opcode) {
        return (node, code) -> begin(opcode, node, code).end();
    }

    static void triangularSolve(Node node, Code code) {
        TriangularSolve op = (TriangularSolve) node.op();
        begin(Opcode.TRIANGULAR_SOLVE, node, code).flag(op.lower()).flag(op.transposed()).flag(op.unit()).end();
    }

    static void qr(Node node, Code code) {
        begin(Opcode.QR, node, code).flag(((Qr) node.op()).complete()).end();
    }

    static void svd(Node node, Code code) {
        begin(Opcode.SVD, node, code).flag(((Svd) node.op()).full()).end();
    }

    private static Code begin(Opcode opcode, Node node, Code code) {
        code.begin(opcode, node);
        node.inputs().forEach(code::tensor);
        node.outputs().forEach(code::slot);
        return code;
    }
}
