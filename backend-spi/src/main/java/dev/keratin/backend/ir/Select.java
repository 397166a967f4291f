package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Chooses between two elements. Operands: condition (bool), a where it is true, b where it is false, of the same
 * element type, all stretched to a common shape. Result: the common shape, the type of a.
 */
public record Select() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.only(this, operands, 3);
        Rules.requireDType(this, operands.get(0), DType.BOOL);
        Shape values = Rules.broadcastSameType(this, operands.subList(1, 3));
        Shape all = Rules.broadcast(this, operands.get(0).shape(), values);
        return List.of(new TensorType(operands.get(1).dtype(), all));
    }
}
