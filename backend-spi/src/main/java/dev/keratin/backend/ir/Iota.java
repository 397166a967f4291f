package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Counts along one axis from 0 in steps of 1, repeated along the others. No operands. Result: the given type, which is
 * a number type.
 */
public record Iota(TensorType type, int axis) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.only(this, operands, 0);
        Rules.requireDomain(this, type, Domain.NUMBER);
        Rules.requireAxis(this, axis, type);
        return List.of(type);
    }
}
