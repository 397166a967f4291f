package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.HashSet;
import java.util.List;

/** The checks that shape rules are made of. */
final class Rules {
    private Rules() {}

    static void require(Op op, boolean holds, String required, List<TensorType> received, String wayOut) {
        if (!holds) {
            throw refusal(op, required, received, wayOut);
        }
    }

    /** For rules whose message is worth making only when they are broken. */
    private static IllegalArgumentException refusal(Op op, String required, List<TensorType> received, String wayOut) {
        return new IllegalArgumentException(op.label() + ": " + required + " is required. Received: " + received
                + " for " + op + "." + (wayOut.isEmpty() ? "" : " " + wayOut));
    }

    static List<TensorType> only(Op op, List<TensorType> operands, int count) {
        if (operands.size() != count) {
            throw refusal(op, count + " operand(s)", operands, "");
        }
        return operands;
    }

    static void requireDomain(Op op, TensorType type, Domain domain) {
        if (!domain.contains(type.dtype())) {
            throw refusal(op, "an element type of the set " + domain, List.of(type), "Cast first.");
        }
    }

    static void requireDType(Op op, TensorType type, DType dtype) {
        require(op, type.dtype() == dtype, dtype.toString(), List.of(type), "Cast first.");
    }

    static void requireSameDType(Op op, List<TensorType> types) {
        for (TensorType type : types) {
            require(op, type.dtype() == types.get(0).dtype(), "the same element type", types, "Cast first.");
        }
    }

    static Shape broadcast(Op op, Shape a, Shape b) {
        try {
            return Shape.broadcast(a, b);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(op.label() + ": " + e.getMessage());
        }
    }

    static Shape broadcastSameType(Op op, List<TensorType> pair) {
        requireSameDType(op, pair);
        return broadcast(op, pair.get(0).shape(), pair.get(1).shape());
    }

    static void requireAxis(Op op, int axis, TensorType type) {
        require(op, axis >= 0 && axis < type.shape().rank(), "an axis from 0 to rank - 1", List.of(type), "");
    }

    static void requireAxes(Op op, List<Integer> axes, TensorType type) {
        axes.forEach(axis -> requireAxis(op, axis, type));
        require(op, new HashSet<>(axes).size() == axes.size(), "axes that differ", List.of(type), "");
    }

    static void requireIndices(Op op, TensorType indices) {
        require(op, indices.dtype() == DType.INT32 || indices.dtype() == DType.INT64, "int32 or int64 indices",
                List.of(indices), "Cast first.");
    }

    static void requireBlock(Op op, List<TensorType> operands, TensorType x, Shape sizes, TensorType starts) {
        require(op, starts.equals(TensorType.of(DType.INT64, x.shape().rank())), "starts int64[rank]", operands, "");
        boolean fits = sizes.rank() == x.shape().rank();
        for (int axis = 0; fits && axis < sizes.rank(); axis++) {
            fits = sizes.dim(axis) <= x.shape().dim(axis);
        }
        require(op, fits, "a block of the same rank, not longer on any axis", operands, "");
    }

    static Shape tupleShape(Op op, List<TensorType> operands, TensorType x, TensorType indices) {
        requireIndices(op, indices);
        require(op, indices.shape().rank() >= 1 && indices.shape().dim(-1) <= x.shape().rank(),
                "indices [..., k] with k at most the rank of x", operands, "");
        int tuple = (int) indices.shape().dim(-1);
        return indices.shape().remove(-1).concat(x.shape().subShape(tuple, x.shape().rank()));
    }

    static void requireAlongAxis(Op op, List<TensorType> pair, int axis) {
        TensorType x = pair.get(0);
        TensorType indices = pair.get(1);
        requireIndices(op, indices);
        requireAxis(op, axis, x);
        require(op, x.shape().rank() == indices.shape().rank()
                && x.shape().remove(axis).equals(indices.shape().remove(axis)),
                "indices of the same rank, equal but on axis " + axis, pair, "");
    }

    static Shape reducedShape(Shape shape, List<Integer> axes, boolean keepDims) {
        Shape result = shape;
        for (int i = axes.size() - 1; i >= 0; i--) {
            result = keepDims ? result.with(axes.get(i), 1) : result.remove(axes.get(i));
        }
        return result;
    }

    static void requireBody(Op op, String which, Program body, List<TensorType> arguments) {
        if (!body.updates().isEmpty()) {
            throw refusal(op, "a " + which + " program without updates", arguments, "");
        }
        if (!body.parameterTypes().equals(arguments)) {
            throw refusal(op, "arguments of the types that the " + which + " program takes, " + body.parameterTypes() + ",",
                    arguments, "");
        }
    }
}
