package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a convolution does to its result: y = activation(sums + residual + bias).
 *
 * @param residual whether a tensor of the result's shape is added; the first operand after input and kernel
 * @param bias whether a vector [filters] is added; the next operand
 */
record Epilogue(boolean residual, boolean bias, Activation activation) {
    /** Nothing. */
    static final Epilogue NONE = new Epilogue(false, false, Activation.NONE);

    /** A function of each element. RELU of NaN is NaN. */
    enum Activation {
        NONE, RELU, SIGMOID, TANH
    }

    /** An epilogue with the values that it adds. */
    record Parts(Epilogue epilogue, Optional<Value> residual, Optional<Value> bias) {}

    /** Whether a convolution, the first node, may take the nodes after it: of the types that libraries fuse. */
    static boolean accepts(List<Node> chain) {
        return chain.get(0).op() instanceof Conv && chain.get(0).output().type().dtype() != DType.FLOAT64 && parts(chain).isPresent();
    }

    /** The nodes after the first one as an epilogue; empty if they are something else. */
    static Optional<Parts> parts(List<Node> chain) {
        TensorType type = chain.get(0).output().type();
        Optional<Value> residual = Optional.empty();
        Optional<Value> bias = Optional.empty();
        for (int i = 1; i < chain.size(); i++) {
            Node node = chain.get(i);
            Optional<Value> summand = summand(node, chain.get(i - 1).output());
            if (summand.isEmpty()) {
                return i == chain.size() - 1 ? parts(residual, bias, activation(node)) : Optional.empty();
            } else if (residual.isEmpty() && summand.get().type().equals(type)) {
                residual = summand;
            } else if (bias.isEmpty() && isBias(summand.get().type().shape(), type.shape())) {
                bias = summand;
            } else {
                return Optional.empty();
            }
        }
        return parts(residual, bias, Optional.of(Activation.NONE));
    }

    private static Optional<Parts> parts(Optional<Value> residual, Optional<Value> bias, Optional<Activation> activation) {
        return activation.map(function -> new Parts(new Epilogue(residual.isPresent(), bias.isPresent(), function), residual, bias));
    }

    /** What a sum adds to the value before. */
    private static Optional<Value> summand(Node node, Value before) {
        if (!(node.op() instanceof Binary binary) || binary.kind() != BinaryKind.ADD) {
            return Optional.empty();
        }
        return Optional.of(node.inputs().get(node.inputs().get(0) == before ? 1 : 0));
    }

    private static boolean isBias(Shape shape, Shape result) {
        return shape.rank() > 0 && shape.size() == shape.dim(-1) && shape.dim(-1) == result.dim(-1);
    }

    private static Optional<Activation> activation(Node node) {
        if (!(node.op() instanceof Unary unary)) {
            return Optional.empty();
        }
        return switch (unary.kind()) {
            case RELU -> Optional.of(Activation.RELU);
            case SIGMOID -> Optional.of(Activation.SIGMOID);
            case TANH -> Optional.of(Activation.TANH);
            default -> Optional.empty();
        };
    }
}
