package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The singular value decomposition x = u diag(s) v of each matrix of a stack. Columns of u and rows of v are orthonormal;
 * the signs of such a pair are free, as are bases for equal values and for those of 0. A matrix with an element that is
 * not finite gives NaN throughout. Operands: x [..., m, n], float32 or float64. Results, of the element type of x, with k =
 * min(m, n): u [..., m, k], s [..., k] in descending order, v [..., k, n]; u and v are square if full.
 *
 * @param full whether u and v are completed to bases
 */
public record Svd(boolean full) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = MatrixRules.matrices(this, operands);
        long m = x.shape().dim(-2);
        long n = x.shape().dim(-1);
        long k = Math.min(m, n);
        return List.of(MatrixRules.matrices(x, m, full ? m : k), MatrixRules.vectors(x, k), MatrixRules.matrices(x, full ? n : k, n));
    }
}
