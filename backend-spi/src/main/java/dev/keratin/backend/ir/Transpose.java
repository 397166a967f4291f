package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.HashSet;
import java.util.List;

/**
 * Reorders axes: axis i of the result is axis permutation[i] of the operand. Operands: x.
 */
public record Transpose(List<Integer> permutation) implements Op {
    /** Copies the list. */
    public Transpose {
        permutation = List.copyOf(permutation);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        int rank = x.shape().rank();
        boolean complete = permutation.size() == rank && new HashSet<>(permutation).size() == rank
                && permutation.stream().allMatch(axis -> axis >= 0 && axis < rank);
        Rules.require(this, complete, "a permutation of all axes", operands, "");
        return List.of(x.withShape(Shape.of(permutation.stream().map(axis -> x.shape().dim(axis)).toList())));
    }
}
