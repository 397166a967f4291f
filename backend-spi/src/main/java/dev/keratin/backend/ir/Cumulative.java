package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Accumulates along an axis, each element included, from the last one on if reversed. Operands: x, numbers.
 */
public record Cumulative(CumulativeKind kind, int axis, boolean reverse) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.requireDomain(this, x, Domain.NUMBER);
        Rules.requireAxis(this, axis, x);
        return List.of(x);
    }
}
