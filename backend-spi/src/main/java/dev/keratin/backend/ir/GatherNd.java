package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Takes slices by tuples of indices. Operands: x, indices (int32 or int64) [..., k] where k is at most the rank of x.
 * Result: [..., remaining axes of x]. An index outside of the range is an error when the program runs.
 */
public record GatherNd() implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 2).get(0);
        return List.of(x.withShape(Rules.tupleShape(this, operands, x, operands.get(1))));
    }
}
