package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Reverses the order of elements along the given axes. Operands: x.
 */
public record Reverse(List<Integer> axes) implements Op {
    /** Copies the list. */
    public Reverse {
        axes = List.copyOf(axes);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.requireAxes(this, axes, x);
        return List.of(x);
    }
}
