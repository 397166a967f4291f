package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The first operand with slices changed. Operands: x, indices (int32 or int64) [..., k], updates of the shape that
 * GatherNd gives and the type of x. An index outside of the range is an error when the program runs.
 */
public record ScatterNd(ScatterKind kind) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 3).get(0);
        TensorType updates = operands.get(2);
        Rules.requireSameDType(this, List.of(x, updates));
        Rules.require(this, updates.shape().equals(Rules.tupleShape(this, operands, x, operands.get(1))),
                "updates of the shape that gatherNd(x, indices) has", operands, "");
        return List.of(x);
    }
}
