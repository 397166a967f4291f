package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;

/** Writes pooling, one thread for each element that is written; no sum depends on the order of threads. */
final class PoolLowering {
    private static final int AXES = 3;

    private final Node node;
    private final Code code;
    private final PoolSpec spec;
    private final Shape input;
    private final Shape output;
    private final String type;

    private PoolLowering(Node node, Code code, PoolSpec spec, Shape output) {
        this.node = node;
        this.code = code;
        this.spec = spec;
        this.input = node.inputs().get(0).type().shape();
        this.output = output;
        this.type = CTypes.stored(node.output().type().dtype());
    }

    static void pool(Node node, Code code) {
        Pool op = (Pool) node.op();
        PoolLowering pooling = new PoolLowering(node, code, op.spec(), node.output().type().shape());
        KernelBuilder kernel = new KernelBuilder("pool", "elementwise.cuh", "pool.cuh");
        String x = pooling.operand(kernel, 0);
        String y = kernel.pointer(code.slot(node.output()), pooling.type);
        pooling.launch(kernel, pooling.output, op.kind() == PoolKind.MAX
                ? "max_pool<" + pooling.type + ">(" + x + ", " + y + ", nullptr" : "mean_pool(" + x + ", " + y);
    }

    static void poolGrad(Node node, Code code) {
        PoolGrad op = (PoolGrad) node.op();
        PoolLowering pooling = new PoolLowering(node, code, op.spec(), node.inputs().get(1).type().shape());
        if (op.kind() == PoolKind.MAX) {
            pooling.maxGrad();
        } else {
            KernelBuilder kernel = new KernelBuilder("pool_grad", "elementwise.cuh", "pool.cuh");
            pooling.launch(kernel, pooling.input, "mean_pool_grad(" + pooling.operand(kernel, 1) + ", "
                    + kernel.pointer(code.slot(node.output()), pooling.type));
        }
    }

    private void maxGrad() {
        Slot which = code.scratch(output.size() * Integer.BYTES);
        KernelBuilder first = new KernelBuilder("pool", "elementwise.cuh", "pool.cuh");
        launch(first, output, "max_pool<" + type + ">(" + operand(first, 0) + ", nullptr, " + first.pointer(which, "int32_t"));
        KernelBuilder second = new KernelBuilder("pool_grad", "elementwise.cuh", "pool.cuh");
        launch(second, input, "max_pool_grad(" + operand(second, 1) + ", " + second.pointer(which, "const int32_t") + ", "
                + second.pointer(code.slot(node.output()), type));
    }

    private String operand(KernelBuilder kernel, int index) {
        return kernel.pointer(code.slot(node.inputs().get(index)), "const " + type);
    }

    /** One thread for each element of a shape. */
    private void launch(KernelBuilder kernel, Shape shape, String call) {
        kernel.line(call + ", " + kernel.number(shape.size()) + ", Windows(" + kernel.numbers(windows()) + ", "
                + kernel.number(input.dim(-1)) + "));");
        kernel.launch(Geometry.loop(shape.size()), node.op() + " " + node.scope(), code);
    }

    /** Input length, output length, window, stride and low padding of 3 axes, of which the first may be missing. */
    private long[] windows() {
        long[] windows = new long[5 * AXES];
        int missing = AXES - spec.spatialRank();
        for (int axis = 0; axis < AXES; axis++) {
            int i = axis - missing;
            long[] each = i < 0 ? new long[] {1, 1, 1, 1, 0} : new long[] {input.dim(i + 1), output.dim(i + 1),
                spec.window().get(i), spec.strides().get(i), spec.lows().get(i)};
            System.arraycopy(each, 0, windows, 5 * axis, each.length);
        }
        return windows;
    }
}
