package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Makes one element of all along the given axes. Operands: x. Result: without these axes, or with length 1 there if
 * kept.
 */
public record Reduce(ReduceKind kind, List<Integer> axes, boolean keepDims) implements Op {
    /** Sorts the axes. */
    public Reduce {
        axes = axes.stream().sorted().toList();
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        boolean logical = kind == ReduceKind.ALL || kind == ReduceKind.ANY;
        Rules.require(this, logical == (x.dtype() == DType.BOOL), logical ? "bool" : "numbers", operands, "Cast first.");
        Rules.requireAxes(this, axes, x);
        return List.of(x.withShape(Rules.reducedShape(x.shape(), axes, keepDims)));
    }
}
