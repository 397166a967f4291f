package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Eigenvalues and orthonormal eigenvectors of each symmetric matrix of a stack: x v = v diag(w). Only the lower triangle
 * of x is read. Signs of vectors are free, as are bases for equal values. A matrix of which an element that is read is not
 * finite gives NaN throughout. Operands: x [..., n, n], float32 or float64. Results, of the element type of x: w [..., n]
 * in ascending order, v [..., n, n], whose columns are the vectors.
 */
public record Eigh() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = MatrixRules.squares(this, operands);
        return List.of(MatrixRules.vectors(x, x.shape().dim(-1)), x);
    }
}
