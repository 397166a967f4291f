package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Writes matrix products and convolutions. */
final class ContractionLowering {
    /** What a convolution step computes, as {@code conv.h} numbers it. */
    private enum Result { OUTPUT, INPUT_GRADIENT, KERNEL_GRADIENT }

    private ContractionLowering() {}

    static void matMul(Node node, Code code) {
        matMul((MatMul) node.op(), node, node.inputs(), List.of(), code);
    }

    /** A product whose operands come first in {@code operands}, then its epilogue. */
    static void matMul(MatMul op, Node node, List<Value> operands, List<PostOp> epilogue, Code code) {
        code.begin(Opcode.MATMUL, node).tensor(operands.get(0)).tensor(operands.get(1)).tensor(node.output())
                .flag(op.transposeA()).flag(op.transposeB());
        PostOp.write(epilogue, code);
        code.end();
    }

    static void conv(Node node, Code code) {
        conv((Conv) node.op(), node, node.inputs(), List.of(), code);
    }

    /** A convolution whose operands come first in {@code operands}, then its epilogue. */
    static void conv(Conv op, Node node, List<Value> operands, List<PostOp> epilogue, Code code) {
        begin(Result.OUTPUT, node, code).tensor(operands.get(0)).tensor(operands.get(1)).tensor(node.output())
                .flag(code.placement().stays(operands.get(1))).flag(code.placement().staysForOne(operands.get(1)));
        end(op.spec(), epilogue, code);
    }

    static void convInputGrad(Node node, Code code) {
        Value kernel = node.inputs().get(1);
        begin(Result.INPUT_GRADIENT, node, code).tensor(node.output()).tensor(kernel).tensor(node.inputs().get(0))
                .flag(code.placement().stays(kernel)).flag(code.placement().staysForOne(kernel));
        end(((ConvInputGrad) node.op()).spec(), List.of(), code);
    }

    static void convKernelGrad(Node node, Code code) {
        begin(Result.KERNEL_GRADIENT, node, code).tensor(node.inputs().get(0)).tensor(node.output()).tensor(node.inputs().get(1))
                .flag(false).flag(false);
        end(((ConvKernelGrad) node.op()).spec(), List.of(), code);
    }

    private static Code begin(Result result, Node node, Code code) {
        return code.begin(Opcode.CONV, node).word(result.ordinal());
    }

    private static void end(ConvSpec spec, List<PostOp> epilogue, Code code) {
        code.words(spec.strides()).words(spec.lows()).words(spec.highs()).words(spec.dilations()).word(spec.groups());
        PostOp.write(epilogue, code);
        code.end();
    }
}
