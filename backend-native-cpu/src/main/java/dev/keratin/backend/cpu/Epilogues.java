package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns the elementwise nodes after a matrix product or convolution into what oneDNN does before it stores an element.
 */
final class Epilogues {
    /** Takes every positive float but subnormal ones beyond 1, so that x * min(max(STEEP * x, 0), 1) is relu and keeps NaN. */
    private static final double STEEP = 3e38;

    private Epilogues() {}

    /** Whether a product or convolution, the first node, can do the work of the nodes after it. */
    static boolean accepts(List<Node> chain) {
        Node anchor = chain.get(0);
        TensorType result = anchor.output().type();
        boolean computed = result.dtype() == DType.FLOAT32
                || result.dtype() == DType.BFLOAT16 && NativeLibrary.instructionSet().equals("x86-64-v4");
        return computed && anchor.inputs().stream().noneMatch(input -> input.type().shape().size() == 0)
                && operations(chain, value -> Optional.empty()).isPresent();
    }

    /** Whether a fusion of kind EPILOGUE can add to what lies in an operand, rather than store the sum elsewhere. */
    static boolean canReplace(Node node, Value operand) {
        Program body = ((Fusion) node.op()).body();
        Value inner = body.parameters().get(node.inputs().indexOf(operand));
        List<Node> chain = body.nodes().stream().filter(each -> !(each.op() instanceof Constant)).toList();
        List<Node> readers = chain.stream().filter(each -> each.inputs().contains(inner)).toList();
        return operand.type().dtype() == DType.FLOAT32 && readers.size() == 1
                && readers.get(0).op() instanceof Binary binary && binary.kind() == BinaryKind.ADD && accepts(chain);
    }

    /** Writes a fusion of kind EPILOGUE. */
    static void fusion(Node node, Code code) {
        Fusion fusion = (Fusion) node.op();
        Map<Value, Value> outer = new HashMap<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            outer.put(fusion.body().parameters().get(i), node.inputs().get(i));
        }
        Map<Value, Literal> literals = new HashMap<>();
        List<Node> chain = new ArrayList<>();
        for (Node inner : fusion.body().nodes()) {
            if (inner.op() instanceof Constant constant) {
                literals.put(inner.output(), constant.value());
            } else {
                chain.add(inner);
            }
        }
        List<PostOp> operations = operations(chain, value -> Optional.ofNullable(literals.get(value))).orElseThrow().stream()
                .map(operation -> operation.over(outer)).toList();
        Node anchor = chain.get(0);
        List<Value> operands = anchor.inputs().stream().map(outer::get).toList();
        if (anchor.op() instanceof MatMul product) {
            ContractionLowering.matMul(product, node, operands, operations, code);
        } else {
            ContractionLowering.conv((Conv) anchor.op(), node, operands, operations, code);
        }
    }

    /** The operations of all nodes but the first; empty if one of them can't be written. */
    private static Optional<List<PostOp>> operations(List<Node> chain, Function<Value, Optional<Literal>> literals) {
        List<PostOp> operations = new ArrayList<>();
        for (int i = 1; i < chain.size(); i++) {
            List<PostOp> next = operations(chain.get(i), chain.get(i - 1).output(), literals);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            operations.addAll(next);
        }
        return Optional.of(operations);
    }

    private static List<PostOp> operations(Node node, Value before, Function<Value, Optional<Literal>> literals) {
        if (node.op() instanceof Unary unary) {
            return unary(unary.kind());
        }
        if (!(node.op() instanceof Binary binary)) {
            return List.of();
        }
        boolean first = node.inputs().get(0) == before;
        Value operand = node.inputs().get(first ? 1 : 0);
        Optional<Literal> literal = literals.apply(operand);
        if (literal.isPresent()) {
            return scalar(binary.kind(), literal.get().doubleAt(0), first);
        }
        return fits(operand.type().shape(), before.type().shape()) ? binary(binary.kind(), operand, first) : List.of();
    }

    /** One number for all, one for each element or one for each place of the last axis. */
    private static boolean fits(Shape operand, Shape result) {
        return operand.size() == 1 || operand.equals(result)
                || operand.size() == operand.dim(-1) && operand.dim(-1) == result.dim(-1);
    }

    private static List<PostOp> unary(UnaryKind kind) {
        return switch (kind) {
            // oneDNN's own relu turns NaN into 0.
            case RELU -> List.of(PostOp.of(PostOp.Function.HARD_SWISH, STEEP, 0));
            case TANH -> List.of(PostOp.of(PostOp.Function.TANH, 0, 0));
            case SIGMOID -> List.of(PostOp.of(PostOp.Function.SIGMOID, 0, 0));
            case SQUARE -> List.of(PostOp.of(PostOp.Function.SQUARE, 0, 0));
            case ABS -> List.of(PostOp.of(PostOp.Function.ABS, 0, 0));
            case NEG -> List.of(linear(-1, 0));
            default -> List.of();
        };
    }

    private static List<PostOp> binary(BinaryKind kind, Value operand, boolean first) {
        return switch (kind) {
            case ADD -> List.of(PostOp.of(PostOp.Function.ADD, operand));
            case MUL -> List.of(PostOp.of(PostOp.Function.MUL, operand));
            case SUB -> first ? List.of(PostOp.of(PostOp.Function.SUB, operand))
                    : List.of(linear(-1, 0), PostOp.of(PostOp.Function.ADD, operand));
            case DIV -> first ? List.of(PostOp.of(PostOp.Function.DIV, operand)) : List.of();
            default -> List.of();
        };
    }

    private static List<PostOp> scalar(BinaryKind kind, double value, boolean first) {
        return switch (kind) {
            case ADD -> List.of(linear(1, value));
            case MUL -> List.of(linear(value, 0));
            case SUB -> List.of(first ? linear(1, -value) : linear(-1, value));
            case DIV -> first ? List.of(linear(1 / value, 0)) : List.of();
            default -> List.of();
        };
    }

    private static PostOp linear(double factor, double summand) {
        return PostOp.of(PostOp.Function.LINEAR, factor, summand);
    }
}
