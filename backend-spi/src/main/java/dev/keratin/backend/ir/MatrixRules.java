package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/** Shape rules of linear algebra, on stacks of matrices. */
final class MatrixRules {
    private MatrixRules() {}

    /** The only operand, matrices [..., m, n]. */
    static TensorType matrices(Op op, List<TensorType> operands) {
        TensorType x = Rules.only(op, operands, 1).get(0);
        requireMatrices(op, x, operands);
        return x;
    }

    /** The only operand, matrices [..., n, n]. */
    static TensorType squares(Op op, List<TensorType> operands) {
        TensorType x = matrices(op, operands);
        requireSquares(op, x, operands);
        return x;
    }

    static void requireMatrices(Op op, TensorType x, List<TensorType> operands) {
        Rules.require(op, x.dtype() == DType.FLOAT32 || x.dtype() == DType.FLOAT64, "float32 or float64", operands, "Cast first.");
        Rules.require(op, x.shape().rank() >= 2, "matrices (rank 2 or more)", operands, "");
    }

    static void requireSquares(Op op, TensorType x, List<TensorType> operands) {
        Rules.require(op, x.shape().dim(-1) == x.shape().dim(-2), "square matrices [..., n, n]", operands, "");
    }

    /** Matrices of other lengths, as many as x has. */
    static TensorType matrices(TensorType x, long rows, long columns) {
        return x.withShape(stack(x).concat(Shape.of(rows, columns)));
    }

    /** A vector for each matrix of x. */
    static TensorType vectors(TensorType x, long length) {
        return x.withShape(stack(x).concat(Shape.of(length)));
    }

    private static Shape stack(TensorType x) {
        return x.shape().subShape(0, x.shape().rank() - 2);
    }
}
