package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Writes matrix products and convolutions, alone or with an epilogue. */
final class ContractionLowering {
    private ContractionLowering() {}

    static void matMul(Node node, Code code) {
        matMul((MatMul) node.op(), node, node.inputs(), List.of(), code);
    }

    private static void matMul(MatMul op, Node node, List<Value> operands, List<PostOp> epilogue, Code code) {
        code.begin(Opcode.MATMUL, node).tensor(operands.get(0)).tensor(operands.get(1)).tensor(node.output())
                .flag(op.transposeA()).flag(op.transposeB());
        PostOp.write(epilogue, code);
        code.end();
    }
}
