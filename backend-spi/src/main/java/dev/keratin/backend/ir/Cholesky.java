package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The lower triangular L with L L^T = x, of each symmetric positive definite matrix of a stack. Only the lower triangle
 * of x is read; L is 0 above its diagonal. Where a matrix is not positive definite, or what is read is not finite, all of
 * L is NaN. Operands: x [..., n, n], float32 or float64. Result: of the type of x.
 */
public record Cholesky() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(MatrixRules.squares(this, operands));
    }
}
