package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Operands of attention for which results are known: random ones for the last item of a batch, where the output has a gradient in one
 * row only. What that row has to be, and the gradients, is computed here by the definition for the last head.
 */
final class AttentionSample {
    private static final long SEED = 7;
    private static final long FEW = 40;

    private final Attention attention;
    private final Random random = new Random(SEED);
    private final ByteBuffer query;
    private final ByteBuffer key;
    private final ByteBuffer value;
    private final ByteBuffer bias;
    private final ByteBuffer ofOutput;
    private final double[] weights;

    AttentionSample(Attention attention) {
        this.attention = attention;
        this.query = random(attention.query());
        this.key = random(attention.key());
        this.value = random(attention.value());
        Shape plane = attention.bias() == null ? Shape.of(0) : attention.bias().subShape(2, 4);
        this.bias = random(DType.FLOAT32, plane.size());
        this.ofOutput = random(attention.dtype(), attention.heads() * attention.valueDepth());
        this.weights = weights();
    }

    /** The operands' last item, [steps, heads, depth]. */
    ByteBuffer query() {
        return query;
    }

    ByteBuffer key() {
        return key;
    }

    ByteBuffer value() {
        return value;
    }

    /** The last [targets, sources] of a bias. */
    ByteBuffer bias() {
        return bias;
    }

    /** The row with a gradient; one that sees so few sources if causal that each of them matters. */
    long row() {
        long middle = attention.targets() / 2;
        return attention.causal() ? Math.min(middle, FEW) : middle;
    }

    /** Its gradient, [heads, valueDepth]. */
    ByteBuffer ofOutput() {
        return ofOutput;
    }

    /** The output of this row. */
    double[] output() {
        return sums(weights, value, attention.valueDepth());
    }

    /** The gradient of the query of this row. */
    double[] ofQuery() {
        return sums(ofProducts(), key, attention.depth());
    }

    /** That of all keys, [sources, depth]. */
    double[] ofKey() {
        return outer(ofProducts(), query, row(), attention.depth());
    }

    /** That of all values, [sources, valueDepth]. */
    double[] ofValue() {
        return outer(weights, ofOutput, 0, attention.valueDepth());
    }

    private ByteBuffer random(Shape shape) {
        return random(attention.dtype(), shape.dim(1) * shape.dim(2) * shape.dim(3));
    }

    private ByteBuffer random(DType dtype, long count) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count * dtype.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            Elements.write(bytes, i, dtype, 2 * random.nextDouble() - 1);
        }
        return bytes;
    }

    /** An element of the last head. */
    private double at(ByteBuffer from, long step, long i, long depth) {
        return Elements.read(from, Math.toIntExact(((step + 1) * attention.heads() - 1) * depth + i), attention.dtype());
    }

    private double product(ByteBuffer a, long stepOfA, ByteBuffer b, long stepOfB, long depth) {
        double sum = 0;
        for (long i = 0; i < depth; i++) {
            sum += at(a, stepOfA, i, depth) * at(b, stepOfB, i, depth);
        }
        return sum;
    }

    private int sources() {
        return (int) attention.sources();
    }

    private double[] weights() {
        double[] exponentials = new double[sources()];
        for (int source = 0; source < sources(); source++) {
            boolean seen = !attention.causal() || source <= row();
            double score = product(query, row(), key, source, attention.depth()) * attention.scale() + biasOf(source);
            exponentials[source] = seen ? Math.exp(score) : 0;
        }
        double sum = IntStream.range(0, sources()).mapToDouble(i -> exponentials[i]).sum();
        return IntStream.range(0, sources()).mapToDouble(i -> exponentials[i] / sum).toArray();
    }

    private double biasOf(int source) {
        if (attention.bias() == null) {
            return 0;
        }
        long from = attention.bias().dim(2) == 1 ? 0 : row() * sources();
        return Elements.read(bias, Math.toIntExact(from + source), DType.FLOAT32);
    }

    private double[] ofProducts() {
        double[] ofWeights = IntStream.range(0, sources())
                .mapToDouble(source -> product(ofOutput, 0, value, source, attention.valueDepth())).toArray();
        double common = IntStream.range(0, sources()).mapToDouble(i -> weights[i] * ofWeights[i]).sum();
        return IntStream.range(0, sources()).mapToDouble(i -> weights[i] * (ofWeights[i] - common) * attention.scale()).toArray();
    }

    private double[] sums(double[] factors, ByteBuffer of, long depth) {
        double[] sums = new double[(int) depth];
        for (int source = 0; source < sources(); source++) {
            for (int i = 0; i < depth; i++) {
                sums[i] += factors[source] * at(of, source, i, depth);
            }
        }
        return sums;
    }

    private double[] outer(double[] factors, ByteBuffer row, long step, long depth) {
        return IntStream.range(0, (int) (sources() * depth))
                .mapToDouble(i -> factors[(int) (i / depth)] * at(row, step, i % depth, depth)).toArray();
    }
}
