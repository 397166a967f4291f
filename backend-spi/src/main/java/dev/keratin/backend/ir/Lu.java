package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The factors of each square matrix of a stack by Gauss's elimination with row exchanges: row {@code permutation[i]} of x
 * is row i of L U. In step i, row i changes places with row {@code pivots[i]}, the one with the largest element in column
 * i; where all are 0 the matrix is singular and U has a 0 on its diagonal. A matrix with an element that is not finite
 * gives NaN throughout, and no exchanges. Operands: x [..., n, n], float32 or float64. Results: lu, of the type of x (U on
 * and above the diagonal, below it L, whose diagonal is 1), pivots and permutation, int32 [..., n].
 */
public record Lu() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = MatrixRules.squares(this, operands);
        TensorType order = MatrixRules.vectors(x, x.shape().dim(-1)).withDType(DType.INT32);
        return List.of(x, order, order);
    }
}
