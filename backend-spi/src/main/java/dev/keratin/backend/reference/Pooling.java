package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import java.util.Arrays;

/** Pooling and its gradient. */
final class Pooling {
    private final Windows windows;
    private final int batch;
    private final int channels;

    private Pooling(PoolSpec spec, Shape input, Shape output) {
        windows = Windows.of(spec, input, output);
        batch = (int) input.dim(0);
        channels = (int) input.dim(-1);
    }

    static void register(Kernels kernels) {
        kernels.single(Pool.class, (op, x, result) -> pool(op, x.get(0), result));
        kernels.single(PoolGrad.class, (op, x, result) -> poolGrad(op, x.get(0), x.get(1)));
    }

    private static Tensor pool(Pool op, Tensor x, TensorType result) {
        Pooling pooling = new Pooling(op.spec(), x.shape(), result.shape());
        int size = Math.toIntExact(result.shape().size());
        return Tensor.ofDoubles(result,
                op.kind() == PoolKind.MAX ? pick(x.doubles, pooling.largest(x.doubles, size)) : pooling.means(x.doubles, size));
    }

    private static double[] pick(double[] x, int[] offsets) {
        return Arrays.stream(offsets).mapToDouble(offset -> x[offset]).toArray();
    }

    private static Tensor poolGrad(PoolGrad op, Tensor x, Tensor gradient) {
        Pooling pooling = new Pooling(op.spec(), x.shape(), gradient.shape());
        return Tensor.ofDoubles(x.type, op.kind() == PoolKind.MAX
                ? pooling.toLargest(x.doubles, gradient.doubles) : pooling.toAll(x.size(), gradient.doubles));
    }

    /** For each window, where its first largest element is; a NaN counts as largest. */
    private int[] largest(double[] x, int size) {
        int[] best = new int[size];
        Arrays.fill(best, -1);
        forEach((output, input) -> {
            if (best[output] < 0 || x[input] > x[best[output]] || Double.isNaN(x[input]) && !Double.isNaN(x[best[output]])) {
                best[output] = input;
            }
        });
        return best;
    }

    private double[] means(double[] x, int size) {
        double[] y = new double[size];
        int[] counts = counts(size);
        forEach((output, input) -> y[output] += x[input]);
        for (int i = 0; i < size; i++) {
            y[i] /= counts[i];
        }
        return y;
    }

    private double[] toLargest(double[] x, double[] gradient) {
        double[] dx = new double[x.length];
        int[] largest = largest(x, gradient.length);
        for (int i = 0; i < largest.length; i++) {
            dx[largest[i]] += gradient[i];
        }
        return dx;
    }

    private double[] toAll(int size, double[] gradient) {
        double[] dx = new double[size];
        int[] counts = counts(gradient.length);
        forEach((output, input) -> dx[input] += gradient[output] / counts[output]);
        return dx;
    }

    private int[] counts(int size) {
        int[] counts = new int[size];
        forEach((output, input) -> counts[output]++);
        return counts;
    }

    /** Receives an element of the output and one of the input that lies in its window. */
    private interface Pair {
        void visit(int output, int input);
    }

    private void forEach(Pair pair) {
        for (int n = 0; n < batch; n++) {
            int firstInput = n * windows.inputSize();
            int firstOutput = n * windows.outputSize();
            windows.forEach((output, element, input) -> {
                for (int channel = 0; channel < channels; channel++) {
                    pair.visit((firstOutput + output) * channels + channel, (firstInput + input) * channels + channel);
                }
            });
        }
    }
}
