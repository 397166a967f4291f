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

/**
 * Turns the elementwise nodes after a matrix product or convolution into what oneDNN does before it stores an element.
 */
final class Epilogues {
    /** Takes every positive float but subnormal ones beyond 1, so that x * min(max(STEEP * x, 0), 1) is relu and keeps NaN. */
    private static final double STEEP = 3e38;
    /** oneDNN's own relu turns NaN into 0; this one makes NaN of minus infinity. Its elu with alpha 0 would do neither, but is slow. */
    private static final PostOp RELU = PostOp.of(PostOp.Function.HARD_SWISH, STEEP, 0);

    private Epilogues() {}

    /** The nodes of an epilogue but constants, in order, and what the constants are. */
    private record Chain(List<Node> nodes, Map<Value, Literal> literals) {
        static Chain of(List<Node> nodes) {
            Map<Value, Literal> literals = new HashMap<>();
            List<Node> others = new ArrayList<>();
            for (Node node : nodes) {
                if (node.op() instanceof Constant constant) {
                    literals.put(node.output(), constant.value());
                } else {
                    others.add(node);
                }
            }
            return new Chain(others, literals);
        }
    }

    /** Whether a product or convolution, the first node that is no constant, can do the work of the nodes after it. */
    static boolean accepts(List<Node> nodes) {
        Chain chain = Chain.of(nodes);
        Node anchor = chain.nodes().get(0);
        TensorType result = anchor.output().type();
        boolean computed = result.dtype() == DType.FLOAT32
                || result.dtype() == DType.BFLOAT16 && NativeLibrary.instructionSet().equals("x86-64-v4");
        return computed && anchor.inputs().stream().noneMatch(input -> input.type().shape().size() == 0)
                && operations(chain).isPresent();
    }

    /** Whether a fusion of kind EPILOGUE can add to what lies in an operand, rather than store the sum elsewhere. */
    static boolean canReplace(Node node, Value operand) {
        Program body = ((Fusion) node.op()).body();
        Value inner = body.parameters().get(node.inputs().indexOf(operand));
        List<Node> readers = body.nodes().stream().filter(each -> each.inputs().contains(inner)).toList();
        return operand.type().dtype() == DType.FLOAT32 && readers.size() == 1
                && readers.get(0).op() instanceof Binary binary && binary.kind() == BinaryKind.ADD && accepts(body.nodes());
    }

    /** Writes a fusion of kind EPILOGUE. */
    static void fusion(Node node, Code code) {
        Fusion fusion = (Fusion) node.op();
        Map<Value, Value> outer = new HashMap<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            outer.put(fusion.body().parameters().get(i), node.inputs().get(i));
        }
        Chain chain = Chain.of(fusion.body().nodes());
        List<PostOp> operations = operations(chain).orElseThrow().stream().map(operation -> operation.over(outer)).toList();
        Node anchor = chain.nodes().get(0);
        List<Value> operands = anchor.inputs().stream().map(outer::get).toList();
        if (anchor.op() instanceof MatMul product) {
            ContractionLowering.matMul(product, node, operands, operations, code);
        } else {
            ContractionLowering.conv((Conv) anchor.op(), node, operands, operations, code);
        }
    }

    /** The operations of all nodes but the first; empty if one of them can't be written. */
    private static Optional<List<PostOp>> operations(Chain chain) {
        List<PostOp> operations = new ArrayList<>();
        for (int i = 1; i < chain.nodes().size(); i++) {
            List<PostOp> next = operations(chain.nodes().get(i), chain.nodes().get(i - 1).output(), chain.literals(), operations);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            operations.addAll(next);
        }
        return Optional.of(operations);
    }

    /** What a node adds to the operations before it. */
    private static List<PostOp> operations(Node node, Value before, Map<Value, Literal> literals, List<PostOp> operations) {
        if (node.op() instanceof Unary unary) {
            return unary(unary.kind());
        }
        if (!(node.op() instanceof Binary binary)) {
            return List.of();
        }
        boolean first = node.inputs().get(0) == before;
        Value operand = node.inputs().get(first ? 1 : 0);
        Literal literal = literals.get(operand);
        if (literal != null && binary.kind() == BinaryKind.MIN) {
            return capped(operations, literal.doubleAt(0));
        }
        if (literal != null) {
            return scalar(binary.kind(), literal.doubleAt(0), first);
        }
        return fits(operand.type().shape(), before.type().shape()) ? binary(binary.kind(), operand, first) : List.of();
    }

    /**
     * {@code min(relu(x), limit)}, which is {@code relu(min(x, limit))}; takes the relu from the operations before. A clip
     * turns NaN into its lower bound, minus infinity, from which {@link #RELU} makes NaN again.
     */
    private static List<PostOp> capped(List<PostOp> before, double limit) {
        int last = before.size() - 1;
        if (last < 0 || !before.get(last).equals(RELU) || !(limit >= 0)) {
            return List.of();
        }
        return List.of(PostOp.of(PostOp.Function.CLIP, Double.NEGATIVE_INFINITY, limit), before.remove(last));
    }

    /** One number for all, one for each element or one for each place of the last axis. */
    private static boolean fits(Shape operand, Shape result) {
        return operand.size() == 1 || operand.equals(result)
                || operand.size() == operand.dim(-1) && operand.dim(-1) == result.dim(-1);
    }

    private static List<PostOp> unary(UnaryKind kind) {
        return switch (kind) {
            case RELU -> List.of(RELU);
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
