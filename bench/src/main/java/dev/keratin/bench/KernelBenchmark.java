package dev.keratin.bench;

import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** {@code ./keratin bench --kernels}: single kernels under JMH, each as a compiled program of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
    /** What is computed. */
    @Param({"add", "gelu", "softmax", "layerNorm", "matmul", "conv", "transpose"})
    public String kernel = "add";

    private Tensor x = Ops.full(Shape.scalar(), 0, DType.FLOAT32);
    private Tensor w = x;
    private CompiledFunction function = new CompiledFunction(List::copyOf);

    /** For JMH. */
    public KernelBenchmark() {}

    /** Makes operands and program. */
    @Setup
    public void prepare() {
        boolean conv = kernel.equals("conv");
        x = conv ? random(32, 56, 56, 64) : random(2048, 1024);
        w = conv ? random(3, 3, 64, 64) : random(1024, 1024);
        function = new CompiledFunction(in -> List.of(apply(in.get(0), in.get(1))));
    }

    private Tensor apply(Tensor a, Tensor b) {
        return switch (kernel) {
            case "add" -> Ops.add(a, a);
            case "gelu" -> Ops.gelu(a);
            case "softmax" -> Ops.softmax(a);
            case "layerNorm" -> Ops.layerNormalization(a, null, null);
            case "matmul" -> Ops.matmul(a, b);
            case "conv" -> Ops.conv(a, b, 1, "same");
            case "transpose" -> Ops.transpose(a);
            default -> throw new IllegalArgumentException(kernel);
        };
    }

    /** One run. */
    @Benchmark
    public long run() {
        return TensorScope.within(scope -> function.call(List.of(x, w)).get(0).size());
    }

    /** Frees what was made. */
    @TearDown
    public void close() {
        function.close();
        x.close();
        w.close();
    }

    private static Tensor random(long... dims) {
        return dev.keratin.random.Random.normal(Shape.of(dims));
    }
}
