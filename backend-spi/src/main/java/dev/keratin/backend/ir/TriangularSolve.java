package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The x with a x = b, or with a^T x = b if transposed, for triangular matrices. Only one triangle of a is read. Where a 0
 * is on the diagonal, x is infinite or NaN. Operands: a [..., n, n], b [..., n, m], of the same type, float32 or
 * float64, and the same leading axes. Result: of the type of b.
 *
 * @param lower which triangle is read, the lower one or the upper one, in either case with the diagonal
 * @param transposed whether the triangle that was read is transposed before it is used
 * @param unit whether the diagonal counts as 1 and is not read either
 */
public record TriangularSolve(boolean lower, boolean transposed, boolean unit) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = Rules.only(this, operands, 2).get(0);
        TensorType b = operands.get(1);
        MatrixRules.requireMatrices(this, a, operands);
        MatrixRules.requireSquares(this, a, operands);
        Rules.requireSameDType(this, operands);
        Shape shape = a.shape();
        Rules.require(this, b.shape().rank() == shape.rank() && b.shape().remove(-1).equals(shape.remove(-1)),
                "b [..., n, m] with the leading axes of a", operands, "");
        return List.of(b);
    }
}
