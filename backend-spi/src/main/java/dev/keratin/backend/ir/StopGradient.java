package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The operand itself; no gradient passes. Operands: x.
 */
public record StopGradient() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(Rules.only(this, operands, 1).get(0));
    }
}
