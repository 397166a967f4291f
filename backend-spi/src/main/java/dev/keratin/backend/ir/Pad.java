package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Puts a value around and between elements. Operands: x, value (scalar of the same element type). Along each axis: low
 * elements before, high after, interior between any two neighbours; none negative.
 */
public record Pad(List<Long> lows, List<Long> highs, List<Long> interiors) implements Op {
    /** Copies the lists. */
    public Pad {
        lows = List.copyOf(lows);
        highs = List.copyOf(highs);
        interiors = List.copyOf(interiors);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 2).get(0);
        Rules.requireSameDType(this, operands);
        int rank = x.shape().rank();
        Rules.require(this, operands.get(1).shape().rank() == 0, "a scalar as value", operands, "");
        Rules.require(this, lows.size() == rank && highs.size() == rank && interiors.size() == rank,
                "a low, high and interior count for each axis", operands, "");
        long[] dims = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            Rules.require(this, lows.get(axis) >= 0 && highs.get(axis) >= 0 && interiors.get(axis) >= 0,
                    "counts that are not negative", operands, "Cut with a slice instead.");
            long length = x.shape().dim(axis);
            dims[axis] = lows.get(axis) + highs.get(axis) + length + Math.max(0, length - 1) * interiors.get(axis);
        }
        return List.of(x.withShape(Shape.of(dims)));
    }
}
