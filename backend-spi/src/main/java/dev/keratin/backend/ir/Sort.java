package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Orders the elements along an axis; NaN counts as larger than all. Operands: x.
 */
public record Sort(int axis, boolean descending) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.requireAxis(this, axis, x);
        return List.of(x);
    }
}
