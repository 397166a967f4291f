package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Matrix products. Operands: a [..., m, k] ([..., k, m] if transposed), b [..., k, n] ([..., n, k] if transposed), of
 * the same number type; leading axes are stretched to a common shape. Result: [..., m, n]; float16 and bfloat16 are
 * accumulated in float32.
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = Rules.only(this, operands, 2).get(0);
        TensorType b = operands.get(1);
        Rules.requireSameDType(this, operands);
        Rules.requireDomain(this, a, Domain.NUMBER);
        Rules.require(this, a.shape().rank() >= 2 && b.shape().rank() >= 2, "matrices (rank 2 or more)", operands, "");
        long m = a.shape().dim(transposeA ? -1 : -2);
        long k = a.shape().dim(transposeA ? -2 : -1);
        long n = b.shape().dim(transposeB ? -2 : -1);
        long inner = b.shape().dim(transposeB ? -1 : -2);
        Rules.require(this, k == inner, "equal inner axes (" + k + " vs " + inner + ")", operands, "");
        Shape batch = Rules.broadcast(this, a.shape().subShape(0, a.shape().rank() - 2), b.shape().subShape(0, b.shape().rank() - 2));
        return List.of(a.withShape(batch.concat(Shape.of(m, n))));
    }
}
