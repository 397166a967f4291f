package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The index of the first largest (or smallest) element along an axis; a NaN counts as both. Operands: x, at least one
 * element along the axis. Result: int32, without the axis.
 */
public record ArgReduce(boolean largest, int axis) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.requireAxis(this, axis, x);
        Rules.require(this, x.shape().dim(axis) > 0, "at least one element on axis " + axis, operands, "");
        return List.of(new TensorType(DType.INT32, x.shape().remove(axis)));
    }
}
