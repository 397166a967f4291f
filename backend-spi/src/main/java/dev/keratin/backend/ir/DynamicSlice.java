package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * A block of the given sizes whose first element is given at run time. Operands: x, starts (int64, one for each axis);
 * starts are moved so that the block lies inside.
 */
public record DynamicSlice(Shape sizes) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 2).get(0);
        Rules.requireBlock(this, operands, x, sizes, operands.get(1));
        return List.of(x.withShape(sizes));
    }
}
