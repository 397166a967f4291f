package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Makes one element of each window. Operands: x [batch, spatial..., channels], floating.
 */
public record Pool(PoolKind kind, PoolSpec spec) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        return List.of(x.withShape(ConvRules.pooledShape(this, spec, x)));
    }
}
