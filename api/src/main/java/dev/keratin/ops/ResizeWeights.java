package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much each pixel of an axis counts for each pixel of the resized axis, as TensorFlow computes it with half-pixel
 * centers: pixel i of the output lies at (i + 0.5) * length / outputLength - 0.5.
 */
final class ResizeWeights {
    private static final List<String> KNOWN = List.of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area");
    /** TensorFlow reads the cubic kernel from a table of this many steps. */
    private static final double CUBIC_STEPS = 1024;
    private static final int MOST_TAPS = 6;

    private final long from;
    private final int to;
    private final double[][] weights;

    private ResizeWeights(long from, int to) {
        this.from = from;
        this.to = to;
        this.weights = new double[to][(int) from];
    }

    static void requireKnown(String interpolation) {
        if (!KNOWN.contains(interpolation)) {
            throw new IllegalArgumentException("interpolation: one of " + KNOWN + " is required. Received: \"" + interpolation
                    + "\". Check the spelling.");
        }
    }

    static Tensor resized(Tensor images, int axis, int to, String interpolation, boolean antialias) {
        long from = images.shape().dim(axis);
        if (interpolation.equals("nearest")) {
            int[] rows = new int[to];
            for (int i = 0; i < to; i++) {
                rows[i] = (int) Math.min((long) Math.floor((i + 0.5) * from / to), from - 1);
            }
            return Ops.take(images, indices(rows), axis);
        }
        ResizeWeights weights = new ResizeWeights(from, to);
        switch (interpolation) {
            case "area" -> weights.area();
            case "bicubic" -> weights.cubic(antialias);
            case "lanczos3" -> weights.kernel(3, x -> lanczos((float) x, 3), antialias);
            case "lanczos5" -> weights.kernel(5, x -> lanczos((float) x, 5), antialias);
            default -> weights.linear(antialias);
        }
        return weights.apply(images, axis);
    }

    private Tensor apply(Tensor images, int axis) {
        int taps = 0;
        for (double[] row : weights) {
            taps = Math.max(taps, last(row) - first(row) + 1);
        }
        return taps <= MOST_TAPS ? gathered(images, axis, taps) : multiplied(images, axis);
    }

    /** The sum of a few neighbours of each place, each times its weight. */
    private Tensor gathered(Tensor images, int axis, int taps) {
        Tensor sum = null;
        for (int tap = 0; tap < taps; tap++) {
            int[] rows = new int[to];
            double[] factors = new double[to];
            for (int i = 0; i < to; i++) {
                rows[i] = (int) Math.min(first(weights[i]) + tap, from - 1);
                factors[i] = first(weights[i]) + tap < from ? weights[i][rows[i]] : 0;
            }
            long[] dims = {1, 1, 1, 1};
            dims[axis] = to;
            Tensor part = Ops.multiply(Ops.take(images, indices(rows), axis), Ops.reshape(values(images.dtype(), factors, to), dims));
            sum = sum == null ? part : Ops.add(sum, part);
        }
        return sum == null ? images : sum;
    }

    private Tensor multiplied(Tensor images, int axis) {
        double[] flat = new double[Math.toIntExact(to * from)];
        for (int i = 0; i < to; i++) {
            System.arraycopy(weights[i], 0, flat, Math.toIntExact(i * from), (int) from);
        }
        Tensor matrix = values(images.dtype(), flat, to, from);
        return Ops.moveaxis(Ops.tensordot(matrix, images, new int[] {1}, new int[] {axis}), 0, axis);
    }

    private void linear(boolean antialias) {
        if (antialias) {
            kernel(1, x -> Math.max(0, 1 - x), true);
            return;
        }
        for (int i = 0; i < to; i++) {
            double place = (double) (i + 0.5f) * ((float) from / to) - 0.5;
            long below = (long) Math.floor(place);
            weights[i][clamp(below)] += 1 - (place - below);
            weights[i][clamp(below + 1)] += place - below;
        }
    }

    private void cubic(boolean antialias) {
        if (antialias) {
            kernel(2, ResizeWeights::keys, true);
            return;
        }
        for (int i = 0; i < to; i++) {
            double place = (i + 0.5) * from / to - 0.5;
            long below = (long) Math.floor(place);
            double fraction = Math.rint((place - below) * CUBIC_STEPS) / CUBIC_STEPS;
            for (long each = Math.max(0, below - 1); each <= Math.min(from - 1, below + 2); each++) {
                weights[i][(int) each] = keys(Math.abs(each - below - fraction));
            }
            normalize(weights[i]);
        }
    }

    private void area() {
        double scale = (double) from / to;
        for (int i = 0; i < to; i++) {
            for (int each = (int) (i * scale); each < Math.min(from, Math.ceil((i + 1) * scale)); each++) {
                weights[i][each] = (Math.min(each + 1, (i + 1) * scale) - Math.max(each, i * scale)) / scale;
            }
        }
    }

    /** In float32, as TensorFlow computes it: its rounding shows where large pixels cancel. */
    private void kernel(int radius, DoubleUnaryOperator kernel, boolean antialias) {
        float scale = 1 / ((float) to / from);
        float stretch = antialias ? Math.max(scale, 1) : 1;
        for (int i = 0; i < to; i++) {
            float centre = (i + 0.5f) * scale;
            int start = (int) Math.max(0, Math.ceil(centre - radius * stretch - 0.5f));
            int end = (int) Math.min(from - 1, Math.floor(centre + radius * stretch - 0.5f));
            for (int each = start; each <= end; each++) {
                weights[i][each] = (float) kernel.applyAsDouble(Math.abs(each + 0.5f - centre) * (1 / stretch));
            }
            normalize(weights[i]);
        }
    }

    private static void normalize(double[] row) {
        float sum = 0;
        for (double weight : row) {
            sum += (float) weight;
        }
        for (int i = 0; i < row.length && sum != 0; i++) {
            row[i] = (float) row[i] * (1 / sum);
        }
    }

    /** The cubic kernel of Keys (1981) with a = -0.5. */
    private static double keys(double x) {
        return x >= 2 ? 0 : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
    }

    private static float lanczos(float x, float radius) {
        float angle = (float) Math.PI * x;
        return x > radius ? 0 : x <= 1e-3f ? 1
                : radius * (float) Math.sin(angle) * (float) Math.sin(angle / radius) / (angle * angle);
    }

    private int clamp(long index) {
        return (int) Math.max(0, Math.min(index, from - 1));
    }

    private static int first(double[] row) {
        int i = 0;
        while (i < row.length - 1 && row[i] == 0) {
            i++;
        }
        return i;
    }

    private static int last(double[] row) {
        int i = row.length - 1;
        while (i > 0 && row[i] == 0) {
            i--;
        }
        return i;
    }

    private static Tensor indices(int[] rows) {
        long[] wide = java.util.Arrays.stream(rows).asLongStream().toArray();
        return Ops.constant(Literal.longs(DType.INT32, wide));
    }

    private static Tensor values(DType dtype, double[] values, long... dims) {
        TensorType type = TensorType.of(dtype, dims);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            Elements.write(bytes, i, dtype, values[i]);
        }
        return Ops.constant(Literal.of(type, bytes));
    }
}
