package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Repeats elements along new leading axes and axes of length 1. Operands: x, whose shape stretches to the given one
 * under NumPy's rules.
 */
public record Broadcast(Shape to) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.require(this, x.shape().rank() <= to.rank() && Rules.broadcast(this, x.shape(), to).equals(to),
                "a shape that stretches to " + to, operands, "");
        return List.of(x.withShape(to));
    }
}
