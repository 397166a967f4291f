package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The first operand with a block replaced. Operands: x, update (same element type and rank, not longer on any axis),
 * starts (int64, one for each axis); starts are moved so that the block lies inside.
 */
public record DynamicUpdateSlice() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 3).get(0);
        TensorType update = operands.get(1);
        Rules.requireSameDType(this, operands.subList(0, 2));
        Rules.requireBlock(this, operands, x, update.shape(), operands.get(2));
        return List.of(x);
    }
}
