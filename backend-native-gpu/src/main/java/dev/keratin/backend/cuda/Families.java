package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Eig;
import dev.keratin.backend.ir.Eigh;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Svd;
import dev.keratin.backend.ir.TopK;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.TriangularSolve;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.While;
import java.util.HashMap;
import java.util.Map;

/** Which ops are written by which kernel family. One line for each op. */
final class Families {
    private static final StepWriter NOTHING = (node, code) -> {};

    private static final Map<Class<? extends Op>, StepWriter> WRITERS = new HashMap<>();

    static {
        // Memory: planned, never moved.
        WRITERS.put(Constant.class, NOTHING);
        WRITERS.put(Reshape.class, NOTHING);
        WRITERS.put(StopGradient.class, NOTHING);
        WRITERS.put(Bitcast.class, NOTHING);
        // Elementwise and reductions.
        WRITERS.put(Unary.class, FusedLowering::elementwise);
        WRITERS.put(Binary.class, FusedLowering::elementwise);
        WRITERS.put(Compare.class, FusedLowering::elementwise);
        WRITERS.put(Select.class, FusedLowering::elementwise);
        WRITERS.put(Cast.class, FusedLowering::elementwise);
        WRITERS.put(Fusion.class, FusedLowering::fusion);
        WRITERS.put(Reduce.class, ReduceLowering::reduce);
        WRITERS.put(ArgReduce.class, ReduceLowering::argReduce);
        WRITERS.put(Sort.class, OrderLowering::sort);
        WRITERS.put(ArgSort.class, OrderLowering::argSort);
        WRITERS.put(TopK.class, OrderLowering::topK);
        WRITERS.put(Cumulative.class, CumulativeLowering::cumulative);
        // Movement and sources.
        WRITERS.put(Broadcast.class, CopyLowering::strided);
        WRITERS.put(Transpose.class, CopyLowering::strided);
        WRITERS.put(Slice.class, CopyLowering::strided);
        WRITERS.put(Reverse.class, CopyLowering::strided);
        WRITERS.put(Concat.class, CopyLowering::strided);
        WRITERS.put(Pad.class, CopyLowering::pad);
        WRITERS.put(DynamicSlice.class, CopyLowering::dynamicSlice);
        WRITERS.put(DynamicUpdateSlice.class, CopyLowering::dynamicUpdateSlice);
        WRITERS.put(Iota.class, SourceLowering::iota);
        WRITERS.put(RandomBits.class, SourceLowering::randomBits);
        // Indices.
        WRITERS.put(Gather.class, GatherLowering::gather);
        WRITERS.put(GatherNd.class, GatherLowering::gatherNd);
        WRITERS.put(GatherElements.class, GatherLowering::gatherElements);
        WRITERS.put(ScatterNd.class, ScatterLowering::scatterNd);
        WRITERS.put(ScatterElements.class, ScatterLowering::scatterElements);
        // Windows.
        WRITERS.put(Pool.class, PoolLowering::pool);
        WRITERS.put(PoolGrad.class, PoolLowering::poolGrad);
        // Control flow and products.
        WRITERS.put(Cond.class, ControlLowering::cond);
        WRITERS.put(While.class, ControlLowering::whileLoop);
        WRITERS.put(Scan.class, ControlLowering::scan);
        WRITERS.put(MatMul.class, ProductLowering::write);
        // Convolution and recurrent layers.
        WRITERS.put(Conv.class, ConvLowering::write);
        WRITERS.put(ConvInputGrad.class, ConvLowering::write);
        WRITERS.put(ConvKernelGrad.class, ConvLowering::write);
        WRITERS.put(LstmSequence.class, LstmLowering::forward);
        WRITERS.put(LstmSequenceGrad.class, LstmLowering::backward);
        WRITERS.put(GruSequence.class, GruLowering::forward);
        WRITERS.put(GruSequenceGrad.class, GruLowering::backward);
        // Linear algebra.
        WRITERS.put(Cholesky.class, HostLowering::write);
        WRITERS.put(Eig.class, HostLowering::write);
        WRITERS.put(Eigh.class, HostLowering::write);
        WRITERS.put(Lu.class, HostLowering::write);
        WRITERS.put(Qr.class, HostLowering::write);
        WRITERS.put(Svd.class, HostLowering::write);
        WRITERS.put(TriangularSolve.class, HostLowering::write);
    }

    private Families() {}

    /** What writes the steps of an op. */
    static StepWriter of(Op op) {
        StepWriter writer = WRITERS.get(op.getClass());
        if (writer == null) {
            throw new UnsupportedOperationException(CudaBackend.NAME + ": an op with a kernel is required. Received: "
                    + op.label() + ". Use -Dkeratin.backend=native-cpu for this program.");
        }
        return writer;
    }
}
