package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Compares each pair of elements. Operands: a, b of the same element type, stretched to a common shape. Result: the
 * common shape, bool.
 */
public record Compare(CompareKind kind) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.only(this, operands, 2);
        return List.of(new TensorType(DType.BOOL, Rules.broadcastSameType(this, operands)));
    }
}
