package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * One function of each element. Operands: x. Result: shape of x; bool for predicates, else the type of x.
 */
public record Unary(UnaryKind kind) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.requireDomain(this, x, kind.domain());
        return List.of(kind.isPredicate() ? x.withDType(DType.BOOL) : x);
    }
}
