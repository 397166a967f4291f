package dev.keratin.bench;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.WindowOptions;
import dev.keratin.backend.Shape;
import dev.keratin.layers.GRU;
import dev.keratin.layers.LSTM;
import dev.keratin.layers.Layer;
import dev.keratin.ops.Linalg;
import dev.keratin.optimizers.Adam;
import dev.keratin.optimizers.Optimizer;
import dev.keratin.random.Random;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The table of kernels that {@code ./keratin bench --kernels} times: each family of a backend, at sizes of real models. */
final class Kernels {
    private static final WindowOptions SAME = new WindowOptions().padding("same");
    private static final long[] IMAGES = {32, 56, 56, 64};
    private static final long[] ROWS = {2048, 1024};
    private static final long[] SEQUENCES = {32, 80, 128};
    private static final int WORDS = 20_000;

    private static final Map<String, Kernel> ALL = new LinkedHashMap<>();

    static {
        // Convolutions and pooling.
        one("conv", in -> Ops.conv(in.get(0), in.get(1), SAME), normal(IMAGES), normal(3, 3, 64, 64));
        slope("conv-gradient", in -> Ops.conv(in.get(0), in.get(1), SAME), normal(IMAGES), normal(3, 3, 64, 64), normal(IMAGES));
        one("depthwise", in -> Ops.depthwiseConv(in.get(0), in.get(1), SAME), normal(IMAGES), normal(3, 3, 64, 1));
        slope("depthwise-gradient", in -> Ops.depthwiseConv(in.get(0), in.get(1), SAME),
                normal(IMAGES), normal(3, 3, 64, 1), normal(IMAGES));
        one("max-pool", in -> Ops.maxPool(in.get(0), 2), normal(IMAGES));
        slope("max-pool-gradient", in -> Ops.maxPool(in.get(0), 2), normal(IMAGES), normal(32, 28, 28, 64));
        one("average-pool", in -> Ops.averagePool(in.get(0), 2), normal(IMAGES));
        // Products.
        one("product", in -> Ops.matmul(in.get(0), in.get(1)), normal(ROWS), normal(1024, 1024));
        one("product-batched", in -> Ops.matmul(in.get(0), in.get(1)), normal(256, 128, 64), normal(256, 64, 128));
        // Elements, reductions, normalizations.
        one("elementwise", in -> Ops.tanh(Ops.add(Ops.multiply(in.get(0), in.get(1)), 1)), normal(ROWS), normal(ROWS));
        one("gelu", in -> Ops.gelu(in.get(0)), normal(ROWS));
        one("sum-rows", in -> Ops.sum(in.get(0), 1), normal(ROWS));
        one("sum-columns", in -> Ops.sum(in.get(0), 0), normal(ROWS));
        one("argmax", in -> Ops.argmax(in.get(0), 1), normal(ROWS));
        one("cumsum", in -> Ops.cumsum(in.get(0), 1), normal(ROWS));
        one("softmax", in -> Ops.softmax(in.get(0)), normal(ROWS));
        slope("softmax-gradient", in -> Ops.softmax(in.get(0)), normal(ROWS), normal(ROWS));
        one("layer-norm", Kernels::layerNorm, normal(ROWS), normal(1024), normal(1024));
        slope("layer-norm-gradient", Kernels::layerNorm, normal(ROWS), normal(1024), normal(1024), normal(ROWS));
        one("batch-norm", Kernels::batchNorm, normal(IMAGES), normal(64), normal(64));
        slope("batch-norm-gradient", Kernels::batchNorm, normal(IMAGES), normal(64), normal(64), normal(IMAGES));
        // Movement and indices.
        one("transpose", in -> Ops.transpose(in.get(0)), normal(ROWS));
        one("concat", in -> Ops.concatenate(in, 1), normal(ROWS), normal(ROWS));
        one("embedding", in -> Ops.take(in.get(0), in.get(1), 0), normal(WORDS, 128), words());
        slope("embedding-gradient", in -> Ops.take(in.get(0), in.get(1), 0), normal(WORDS, 128), words(), normal(SEQUENCES));
        one("sort", in -> Ops.sort(in.get(0)), normal(ROWS));
        one("top-k", in -> Ops.topK(in.get(0), 5).values(), normal(ROWS));
        // Sequences.
        sequence("lstm", () -> new LSTM(128).returnSequences(true));
        sequence("gru", () -> new GRU(128).returnSequences(true));
        // Random numbers and updates.
        one("random", in -> Random.normal(in.get(0).shape()), normal(ROWS));
        one("dropout", in -> Random.dropout(in.get(0), 0.5), normal(ROWS));
        add("adam", () -> update(new Adam(1e-3)), normal(ROWS));
        // Linear algebra.
        one("cholesky", in -> Linalg.cholesky(in.get(0)), positive(256));
        one("solve", in -> Linalg.solve(in.get(0), in.get(1)), positive(256), normal(256, 256));
        one("qr", in -> Linalg.qr(in.get(0)).r(), normal(256, 256));
        one("svd", in -> Linalg.svd(in.get(0)).s(), normal(256, 256));
        one("eigh", in -> Linalg.eigh(in.get(0)).values(), positive(256));
    }

    private Kernels() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The kernel with a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    static Kernel named(String name) {
        Kernel kernel = ALL.get(name);
        if (kernel == null) {
            throw new IllegalArgumentException("bench: the name of a kernel is required. Received: \"" + name + "\". Known: "
                    + String.join(", ", ALL.keySet()) + ".");
        }
        return kernel;
    }

    private static void add(String name, Supplier<Function<List<Tensor>, List<Tensor>>> body, Kernel.Operand... operands) {
        ALL.put(name, new Kernel(name, body, List.of(operands)));
    }

    private static void one(String name, Function<List<Tensor>, Tensor> body, Kernel.Operand... operands) {
        add(name, () -> in -> List.of(body.apply(in)), operands);
    }

    private static void slope(String name, Function<List<Tensor>, Tensor> body, Kernel.Operand... operands) {
        add(name, () -> Kernel.gradient(body), operands);
    }

    private static void sequence(String name, Supplier<Layer> made) {
        add(name, () -> {
            Layer layer = made.get();
            return in -> List.of(layer.apply(in.get(0)));
        }, normal(SEQUENCES));
        add(name + "-gradient", () -> {
            Layer layer = made.get();
            return Kernel.gradient(in -> layer.apply(in.get(0)));
        }, normal(SEQUENCES), normal(SEQUENCES));
    }

    private static Function<List<Tensor>, List<Tensor>> update(Optimizer optimizer) {
        Variable weights = new Variable(Ops.zeros(ROWS), true, "weights");
        optimizer.build(List.of(weights));
        return in -> {
            optimizer.apply(in, List.of(weights));
            return List.of();
        };
    }

    private static Tensor layerNorm(List<Tensor> in) {
        return Ops.layerNormalization(in.get(0), in.get(1), in.get(2));
    }

    private static Tensor batchNorm(List<Tensor> in) {
        Tensor x = in.get(0);
        Tensor mean = Ops.mean(x, 0, 1, 2);
        Tensor variance = Ops.var(x, 0, 1, 2);
        return Ops.batchNormalization(x, mean, variance, -1, in.get(1), in.get(2), 1e-3);
    }

    private static Kernel.Operand normal(long... dims) {
        return () -> Random.normal(Shape.of(dims));
    }

    private static Kernel.Operand words() {
        return () -> Random.randint(Shape.of(SEQUENCES[0], SEQUENCES[1]), 0, WORDS);
    }

    /** A symmetric matrix with positive eigenvalues. */
    private static Kernel.Operand positive(long n) {
        return () -> {
            Tensor root = Random.normal(Shape.of(n, n));
            return Ops.add(Ops.matmul(root, Ops.transpose(root)), Ops.multiply(Ops.eye((int) n), n));
        };
    }
}
