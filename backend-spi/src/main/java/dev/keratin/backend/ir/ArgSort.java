package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The indices that order the elements along an axis, equal ones in their original order; NaN counts as larger than all.
 * Operands: x. Result: int32, shape of x.
 */
public record ArgSort(int axis, boolean descending) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.requireAxis(this, axis, x);
        return List.of(x.withDType(DType.INT32));
    }
}
