package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Every stride-th element from start (included) to limit (excluded) along each axis. Operands: x. One start, limit and
 * stride for each axis, 0 <= start <= limit <= length, stride >= 1.
 */
public record Slice(List<Long> starts, List<Long> limits, List<Long> strides) implements Op {
    /** Copies the lists. */
    public Slice {
        starts = List.copyOf(starts);
        limits = List.copyOf(limits);
        strides = List.copyOf(strides);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        int rank = x.shape().rank();
        Rules.require(this, starts.size() == rank && limits.size() == rank && strides.size() == rank,
                "a start, limit and stride for each axis", operands, "");
        long[] dims = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            long start = starts.get(axis);
            long limit = limits.get(axis);
            long stride = strides.get(axis);
            Rules.require(this, start >= 0 && start <= limit && limit <= x.shape().dim(axis) && stride >= 1,
                    "0 <= start <= limit <= length and stride >= 1 on axis " + axis, operands, "");
            dims[axis] = (limit - start + stride - 1) / stride;
        }
        return List.of(x.withShape(Shape.of(dims)));
    }
}
