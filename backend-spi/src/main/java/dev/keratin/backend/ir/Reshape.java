package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The same elements in row-major order under another shape of the same size. Operands: x.
 */
public record Reshape(Shape to) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.require(this, x.shape().size() == to.size(), "as many elements as " + to + " has (" + to.size() + ")", operands, "");
        return List.of(x.withShape(to));
    }
}
