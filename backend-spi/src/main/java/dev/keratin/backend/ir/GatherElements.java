package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Takes one element for each index along an axis. Operands: x, indices (int32 or int64) of the same rank, equal on all
 * other axes. Result: the shape of indices; result[.., i, ..] = x[.., indices[.., i, ..], ..]. An index outside of the
 * range is an error when the program runs.
 */
public record GatherElements(int axis) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 2).get(0);
        Rules.requireAlongAxis(this, operands, axis);
        return List.of(x.withShape(operands.get(1).shape()));
    }
}
