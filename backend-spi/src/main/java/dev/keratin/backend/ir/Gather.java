package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Takes slices along an axis. Operands: x, indices (int32 or int64, any shape). Result: the axis of x is replaced by
 * the shape of indices. An index outside of the range is an error when the program runs.
 */
public record Gather(int axis) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 2).get(0);
        Rules.requireIndices(this, operands.get(1));
        Rules.requireAxis(this, axis, x);
        Shape shape = x.shape().subShape(0, axis).concat(operands.get(1).shape())
                .concat(x.shape().subShape(axis + 1, x.shape().rank()));
        return List.of(x.withShape(shape));
    }
}
