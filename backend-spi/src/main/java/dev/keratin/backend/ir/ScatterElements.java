package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The first operand with one element changed for each index along an axis. Operands: x, indices (int32 or int64),
 * updates of the shape of indices and the type of x; indices as in GatherElements. An index outside of the range is an
 * error when the program runs.
 */
public record ScatterElements(int axis, ScatterKind kind) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 3).get(0);
        Rules.requireSameDType(this, List.of(x, operands.get(2)));
        Rules.requireAlongAxis(this, operands.subList(0, 2), axis);
        Rules.require(this, operands.get(1).shape().equals(operands.get(2).shape()), "updates shaped as indices", operands, "");
        return List.of(x);
    }
}
