package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * What a node of a {@link Program} computes: plain data, compared by content.
 *
 * <p>All axes in ops are counted from the first one and are not negative. Elements are stored in row-major order.
 */
public sealed interface Op permits
        Unary,
        Binary,
        Compare,
        Select,
        Cast,
        Bitcast,
        StopGradient,
        CustomGradient,
        Constant,
        Iota,
        RandomBits,
        Broadcast,
        Reshape,
        Transpose,
        Slice,
        DynamicSlice,
        DynamicUpdateSlice,
        Pad,
        Concat,
        Reverse,
        Gather,
        GatherNd,
        GatherElements,
        ScatterNd,
        ScatterElements,
        Reduce,
        ArgReduce,
        Cumulative,
        Sort,
        ArgSort,
        TopK,
        MatMul,
        Cholesky,
        TriangularSolve,
        Lu,
        Qr,
        Eigh,
        Svd,
        Eig,
        Conv,
        ConvInputGrad,
        ConvKernelGrad,
        Pool,
        PoolGrad,
        LstmSequence,
        LstmSequenceGrad,
        GruSequence,
        GruSequenceGrad,
        Cond,
        While,
        Scan,
        Fusion {
    /**
     * The types of the results for operands of the given types.
     *
     * @throws IllegalArgumentException if the operands do not fit; the message says what is required
     */
    List<TensorType> infer(List<TensorType> operands);

    /** The programs that this op runs as a part of itself; most have none. */
    default List<Program> bodies() {
        return List.of();
    }

    /** The name of the op in messages, such as {@code "matMul"} or {@code "add"}. */
    default String label() {
        return OpLabels.of(this);
    }
}
