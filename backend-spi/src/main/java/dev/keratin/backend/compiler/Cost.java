package dev.keratin.backend.compiler;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Value;
import java.util.Collection;
import java.util.List;

/**
 * What a node costs at least, for profiles: arithmetic operations and bytes moved between memory and the processor.
 * Bodies of Cond and While count once, the body of Scan once for each step.
 */
public final class Cost {
    private Cost() {}

    /** Additions, multiplications and functions of elements; a multiplication with addition counts as two. */
    public static long flops(Node node) {
        Op op = node.op();
        if (op instanceof MatMul matMul) {
            long inner = node.inputs().get(0).type().shape().dim(matMul.transposeA() ? -2 : -1);
            return 2 * inner * elements(node.output());
        }
        if (op instanceof Conv || op instanceof ConvInputGrad || op instanceof ConvKernelGrad) {
            return convFlops(node);
        }
        if (MatrixCost.covers(op)) {
            return MatrixCost.flops(node);
        }
        if (op instanceof Pool pool) {
            return elements(node.output()) * window(pool.spec());
        }
        if (op instanceof PoolGrad pool) {
            return elements(node.inputs().get(1)) * window(pool.spec()) * (pool.kind() == PoolKind.MAX ? 1 : 2);
        }
        if (isRecurrent(op)) {
            return recurrentFlops(node);
        }
        if (op instanceof Scan scan) {
            return scan.length() * flops(scan.body());
        }
        if (!op.bodies().isEmpty()) {
            return op.bodies().stream().mapToLong(Cost::flops).sum();
        }
        return computesElements(node) ? largest(node) : 0;
    }

    /** The arithmetic operations of all nodes. */
    public static long flops(Program program) {
        return program.nodes().stream().mapToLong(Cost::flops).sum();
    }

    /** Bytes read and written; 0 for views and constants. */
    public static long bytes(Node node) {
        return readBytes(node) + writtenBytes(node);
    }

    /** Bytes of the operands, of those elements that are used. */
    public static long readBytes(Node node) {
        Op op = node.op();
        if (isFree(op)) {
            return 0;
        }
        List<Value> inputs = node.inputs();
        if (readsPart(op)) {
            return node.output().type().byteSize() + bytes(inputs.subList(1, inputs.size()));
        }
        if (op instanceof DynamicUpdateSlice) {
            return bytes(inputs.subList(1, inputs.size()));
        }
        return bytes(inputs.stream().distinct().toList());
    }

    /** Bytes of the results, of those elements that change. */
    public static long writtenBytes(Node node) {
        if (isFree(node.op())) {
            return 0;
        }
        return node.op() instanceof DynamicUpdateSlice ? node.inputs().get(1).type().byteSize() : bytes(node.outputs());
    }

    private static boolean isFree(Op op) {
        return Views.isView(op) || op instanceof Constant;
    }

    private static boolean readsPart(Op op) {
        return op instanceof Slice || op instanceof DynamicSlice || op instanceof Gather || op instanceof GatherNd
                || op instanceof GatherElements;
    }

    private static boolean isRecurrent(Op op) {
        return op instanceof LstmSequence || op instanceof LstmSequenceGrad || op instanceof GruSequence
                || op instanceof GruSequenceGrad;
    }

    private static boolean computesElements(Node node) {
        Op op = node.op();
        return InPlace.isElementwisePrimitive(op) || op instanceof Reduce
                || op instanceof ArgReduce || op instanceof Cumulative
                || op instanceof RandomBits;
    }

    /** Each output element is a sum over the window and the group's channels, whichever of the three is asked for. */
    private static long convFlops(Node node) {
        Value output = node.op() instanceof Conv ? node.output() : node.inputs().get(node.op() instanceof ConvInputGrad ? 0 : 1);
        TensorType kernel = node.op() instanceof ConvKernelGrad ? node.output().type() : node.inputs().get(1).type();
        return 2 * elements(output) * (kernel.shape().size() / Math.max(1, kernel.shape().dim(-1)));
    }

    private static long window(PoolSpec spec) {
        return spec.window().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static long recurrentFlops(Node node) {
        boolean gradient = node.op() instanceof LstmSequenceGrad || node.op() instanceof GruSequenceGrad;
        Value states = gradient ? node.inputs().get(node.op() instanceof LstmSequenceGrad ? 3 : 2) : node.output();
        int gates = node.op() instanceof LstmSequence || node.op() instanceof LstmSequenceGrad ? 4 : 3;
        long units = states.type().shape().dim(-1);
        return elements(states) * gates * (2 * units + 4);
    }

    private static long largest(Node node) {
        return Math.max(elements(node.output()), node.inputs().stream().mapToLong(Cost::elements).max().orElse(0));
    }

    private static long elements(Value value) {
        return value.type().shape().size();
    }

    private static long bytes(Collection<Value> values) {
        return values.stream().mapToLong(value -> value.type().byteSize()).sum();
    }
}
