package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Eigenvalues and eigenvectors of each square matrix of a stack: x v = v diag(w). They are complex, in pairs of conjugates,
 * and given by their real and imaginary parts. Their order is free. Vectors have length 1, and their largest element is
 * real; those of equal values may be linearly dependent. A matrix with an element that is not finite gives NaN
 * throughout. Operands: x [..., n, n], float32 or float64. Results, of the element type of x: real and imaginary parts of
 * w [..., n], then of v [..., n, n], whose columns are the vectors.
 */
public record Eig() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = MatrixRules.squares(this, operands);
        TensorType values = MatrixRules.vectors(x, x.shape().dim(-1));
        return List.of(values, values, x, x);
    }
}
