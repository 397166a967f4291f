package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Puts tensors one after another along an axis. Operands: one or more of the same element type and rank, equal on all
 * other axes.
 */
public record Concat(int axis) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.require(this, !operands.isEmpty(), "at least one tensor", operands, "");
        Rules.requireSameDType(this, operands);
        TensorType first = operands.get(0);
        Rules.requireAxis(this, axis, first);
        long length = 0;
        for (TensorType each : operands) {
            Rules.require(this, each.shape().rank() == first.shape().rank()
                    && each.shape().remove(axis).equals(first.shape().remove(axis)),
                    "the same shape of all but on axis " + axis, operands,
                    "Slice or pad what differs, or take the axis that differs.");
            length += each.shape().dim(axis);
        }
        return List.of(first.withShape(first.shape().with(axis, length)));
    }
}
