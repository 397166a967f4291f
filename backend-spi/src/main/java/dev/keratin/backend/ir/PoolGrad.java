package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The gradient of a Pool with respect to its operand. Operands: x, output gradient. Result: shape of x. For MAX the
 * first largest element of a window in row-major order gets all.
 */
public record PoolGrad(PoolKind kind, PoolSpec spec) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 2).get(0);
        Rules.requireSameDType(this, operands);
        Rules.require(this, operands.get(1).shape().equals(ConvRules.pooledShape(this, spec, x)),
                "a gradient of the pooled shape", operands, "");
        return List.of(x);
    }
}
