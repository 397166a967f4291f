package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The k largest elements along the last axis in descending order, equal ones in their original order, and their
 * indices; NaN counts as larger than all. Operands: x. Results: values, indices (int32).
 */
public record TopK(int k) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.require(this, x.shape().rank() > 0 && k >= 0 && k <= x.shape().dim(-1), "a last axis of at least k=" + k, operands, "");
        TensorType values = x.withShape(x.shape().with(-1, k));
        return List.of(values, values.withDType(DType.INT32));
    }
}
