package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * x = q r with orthonormal columns of q and upper triangular r, of each matrix of a stack, by Householder's reflections:
 * column k of x is mapped onto axis k with the sign opposite to that of its own element there, and stays as it is where
 * all below are 0 already. A matrix with an element that is not finite gives NaN throughout. Operands: x [..., m, n],
 * float32 or float64. Results, of the element type of x: q [..., m, k] and r [..., k, n], where k is m if complete, else
 * min(m, n).
 *
 * @param complete whether q is square
 */
public record Qr(boolean complete) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = MatrixRules.matrices(this, operands);
        long m = x.shape().dim(-2);
        long n = x.shape().dim(-1);
        long k = complete ? m : Math.min(m, n);
        return List.of(MatrixRules.matrices(x, m, k), MatrixRules.matrices(x, k, n));
    }
}
