package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Writes pooling, one thread for each pack of elements that is written; no sum depends on the order of threads. */
final class PoolLowering {
    private static final int AXES = 3;

    private final Node node;
    private final Code code;
    private final PoolSpec spec;
    private final Shape input;
    private final Shape output;
    private final String type;
    private final int width;

    private PoolLowering(Node node, Code code, PoolSpec spec, Shape output) {
        this.node = node;
        this.code = code;
        this.spec = spec;
        this.input = node.inputs().get(0).type().shape();
        this.output = output;
        this.type = CTypes.stored(node.output().type().dtype());
        this.width = Packs.width(Stream.concat(node.inputs().stream(), node.outputs().stream()).toList(), input.dim(-1), code);
    }

    static void pool(Node node, Code code) {
        Pool op = (Pool) node.op();
        PoolLowering pooling = new PoolLowering(node, code, op.spec(), node.output().type().shape());
        KernelBuilder kernel = new KernelBuilder("pool", "elementwise.cuh", "pool.cuh");
        String x = pooling.operand(kernel, 0);
        String y = kernel.pointer(code.slot(node.output()), pooling.type);
        pooling.launch(kernel, pooling.output, op.kind() == PoolKind.MAX
                ? pooling.call("max_pool") + x + ", " + y + ", nullptr" : pooling.call("mean_pool") + x + ", " + y);
    }

    static void poolGrad(Node node, Code code) {
        PoolGrad op = (PoolGrad) node.op();
        PoolLowering pooling = new PoolLowering(node, code, op.spec(), node.inputs().get(1).type().shape());
        if (op.kind() == PoolKind.MAX) {
            pooling.maxGrad();
        } else {
            KernelBuilder kernel = new KernelBuilder("pool_grad", "elementwise.cuh", "pool.cuh");
            pooling.launch(kernel, pooling.input, pooling.call("mean_pool_grad") + pooling.operand(kernel, 1) + ", "
                    + kernel.pointer(code.slot(node.output()), pooling.type));
        }
    }

    private void maxGrad() {
        Slot which = code.scratch(output.size() * Integer.BYTES);
        KernelBuilder first = new KernelBuilder("pool", "elementwise.cuh", "pool.cuh");
        launch(first, output, call("max_pool") + operand(first, 0) + ", nullptr, " + first.pointer(which, "int32_t"));
        KernelBuilder second = new KernelBuilder("pool_grad", "elementwise.cuh", "pool.cuh");
        launch(second, input, call("max_pool_grad") + operand(second, 1) + ", " + second.pointer(which, "const int32_t") + ", "
                + second.pointer(code.slot(node.output()), type));
    }

    private String call(String function) {
        return function + "<" + width + ", " + type + ">(";
    }

    private String operand(KernelBuilder kernel, int index) {
        return kernel.pointer(code.slot(node.inputs().get(index)), "const " + type);
    }

    /** One thread for each pack of a shape. */
    private void launch(KernelBuilder kernel, Shape shape, String call) {
        kernel.within(input.size(), output.size()).line(call + ", " + kernel.number(shape.size()) + ", Windows("
                + kernel.divisors(divisors()) + ", " + kernel.numbers(windows()) + ", " + kernel.divisor(input.dim(-1)) + "));");
        kernel.launch(Geometry.loop(shape.size() / width), node.op() + " " + node.scope(), code);
    }

    /** Input length, output length and stride of 3 axes. */
    private long[] divisors() {
        return each(3, 1, i -> new long[] {input.dim(i + 1), output.dim(i + 1), spec.strides().get(i)});
    }

    /** Window and low padding of 3 axes. */
    private long[] windows() {
        return each(2, 0, i -> new long[] {spec.window().get(i), spec.lows().get(i)});
    }

    /** Some numbers of each of 3 axes, of which the first may be missing. */
    private long[] each(int count, long lastOfMissing, IntFunction<long[]> numbers) {
        int missing = AXES - spec.spatialRank();
        return IntStream.range(0, AXES).mapToObj(axis -> axis < missing ? missing(count, lastOfMissing) : numbers.apply(axis - missing))
                .flatMapToLong(LongStream::of).toArray();
    }

    private static long[] missing(int count, long last) {
        long[] numbers = new long[count];
        Arrays.fill(numbers, 1);
        numbers[count - 1] = last;
        return numbers;
    }
}
