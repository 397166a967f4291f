package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * One function of each pair of elements. Operands: a, b of the same element type, stretched to a common shape under
 * NumPy's rules. Result: the common shape, the same type.
 */
public record Binary(BinaryKind kind) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = Rules.only(this, operands, 2).get(0);
        Rules.requireDomain(this, a, kind.domain());
        return List.of(new TensorType(a.dtype(), Rules.broadcastSameType(this, operands)));
    }
}
