package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a matrix product or convolution does to its result: y = relu(sums + residual + bias). For other activations cuDNN
 * compiles a kernel of its own, which takes about a second.
 *
 * @param residual whether a tensor of the result's shape is added; the first operand after the two that are multiplied
 * @param bias whether a vector [filters] is added; the next operand
 * @param relu whether negative numbers become 0 in the end; NaN stays
 */
record Epilogue(boolean residual, boolean bias, boolean relu) {
    /** Nothing. */
    static final Epilogue NONE = new Epilogue(false, false, false);

    /** An epilogue with the values that it adds. */
    record Parts(Epilogue epilogue, Optional<Value> residual, Optional<Value> bias) {
        /** Where the values lie, in the order of the operands. */
        List<Slot> slots(Code code) {
            return Stream.of(residual, bias).flatMap(Optional::stream).map(code::slot).toList();
        }
    }

    /** Whether a product or convolution, the first node but constants, may take the nodes after it: of types that libraries fuse. */
    static boolean accepts(List<Node> nodes) {
        List<Node> chain = nodes.stream().filter(node -> !(node.op() instanceof Constant)).toList();
        Node first = chain.get(0);
        DType dtype = first.output().type().dtype();
        return (first.op() instanceof Conv || first.op() instanceof MatMul) && dtype.isFloating() && dtype != DType.FLOAT64
                && parts(chain).isPresent();
    }

    /** The nodes after the first one as an epilogue; empty if they are something else. */
    static Optional<Parts> parts(List<Node> chain) {
        TensorType type = chain.get(0).output().type();
        Optional<Value> residual = Optional.empty();
        Optional<Value> bias = Optional.empty();
        boolean relu = false;
        for (int i = 1; i < chain.size(); i++) {
            Optional<Value> summand = summand(chain.get(i), chain.get(i - 1).output());
            if (!relu && residual.isEmpty() && summand.filter(value -> value.type().equals(type)).isPresent()) {
                residual = summand;
            } else if (!relu && bias.isEmpty() && summand.filter(value -> isBias(value.type().shape(), type.shape())).isPresent()) {
                bias = summand;
            } else if (!relu && chain.get(i).op() instanceof Unary unary && unary.kind() == UnaryKind.RELU) {
                relu = true;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Parts(new Epilogue(residual.isPresent(), bias.isPresent(), relu), residual, bias));
    }

    /** What a sum adds to the value before. */
    private static Optional<Value> summand(Node node, Value before) {
        if (!(node.op() instanceof Binary binary) || binary.kind() != BinaryKind.ADD) {
            return Optional.empty();
        }
        return Optional.of(node.inputs().get(node.inputs().get(0) == before ? 1 : 0));
    }

    /** Whether a shape has one number for each column of a result. */
    static boolean isBias(Shape shape, Shape result) {
        return shape.rank() > 0 && shape.size() == shape.dim(-1) && shape.dim(-1) == result.dim(-1);
    }
}
