package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Elements that are known before the program runs. No operands.
 */
public record Constant(Literal value) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.only(this, operands, 0);
        return List.of(value.type());
    }
}
