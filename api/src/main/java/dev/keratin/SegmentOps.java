package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.function.IntToDoubleFunction;

/** Sums over segments, windows, blocks of space, and distances. */
abstract class SegmentOps extends ArrangeOps {
    SegmentOps() {}

    /**
     * The sum of the slices along the first axis that have the same number; 0 where none has. Slices whose number lies
     * outside are left out.
     *
     * @param ids an integer for each slice
     */
    public static Tensor segmentSum(Tensor x, Tensor ids, int numSegments) {
        return symbolic(x, ids) ? node("SegmentSum", x, ids, numSegments)
                : segments("segmentSum", ScatterKind.ADD, 0, x, ids, numSegments);
    }

    /** The product of the slices that have the same number, as {@link #segmentSum}; 1 where none has. */
    public static Tensor segmentProd(Tensor x, Tensor ids, int numSegments) {
        return symbolic(x, ids) ? node("SegmentProd", x, ids, numSegments)
                : segments("segmentProd", ScatterKind.MUL, 1, x, ids, numSegments);
    }

    /** The largest element of the slices that have the same number, as {@link #segmentSum}; the least number where none has. */
    public static Tensor segmentMax(Tensor x, Tensor ids, int numSegments) {
        return symbolic(x, ids) ? node("SegmentMax", x, ids, numSegments)
                : segments("segmentMax", ScatterKind.MAX, least(x.dtype(), -1), x, ids, numSegments);
    }

    /** The smallest element of the slices that have the same number, as {@link #segmentSum}; the greatest number where none has. */
    public static Tensor segmentMin(Tensor x, Tensor ids, int numSegments) {
        return symbolic(x, ids) ? node("SegmentMin", x, ids, numSegments)
                : segments("segmentMin", ScatterKind.MIN, least(x.dtype(), 1), x, ids, numSegments);
    }

    /** Windows along the last axis: [..., windows, sequenceLength]; what is left at the end is dropped. */
    public static Tensor extractSequences(Tensor x, int sequenceLength, int sequenceStride) {
        if (x.isSymbolic()) {
            return node("ExtractSequences", x, sequenceLength, sequenceStride);
        }
        long count = Math.max(0, (x.shape().dim(-1) - sequenceLength) / sequenceStride + 1);
        Tensor starts = multiply(arange(count), sequenceStride);
        return take(x, add(expandDims(starts, 1), arange(sequenceLength)), -1);
    }

    /** The Euclidean distances between the rows of a [..., n, d] and b [..., m, d]: [..., n, m]. */
    public static Tensor cdist(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("CDist", a, b) : sqrt(sum(square(subtract(expandDims(a, -2), expandDims(b, -3))), -1));
    }

    /** The ratio of the largest possible signal to the noise in decibels: {@code 20 log10(maxVal) - 10 log10(mean((a - b)^2))}. */
    public static Tensor psnr(Tensor a, Tensor b, double maxVal) {
        return symbolic(a, b) ? node("PSNR", a, b, maxVal)
                : subtract(20 * Math.log10(maxVal), multiply(log10(mean(square(subtract(a, b)))), 10));
    }

    /** Channels to blocks of space: [n, h, w, c] to [n, h * b, w * b, c / b^2]. */
    public static Tensor depthToSpace(Tensor x, int blockSize, String dataFormat) {
        if (x.isSymbolic()) {
            return node("DepthToSpace", x, blockSize, dataFormat);
        }
        WindowOptions options = new WindowOptions().dataFormat(dataFormat);
        Tensor last = channelsLast(x, options);
        long[] d = last.shape().dims();
        requireBlocks("depthToSpace", x, d[3] % ((long) blockSize * blockSize) == 0);
        long channels = d[3] / ((long) blockSize * blockSize);
        Tensor blocks = transpose(reshape(last, d[0], d[1], d[2], blockSize, blockSize, channels), 0, 1, 3, 2, 4, 5);
        return original(reshape(blocks, d[0], d[1] * blockSize, d[2] * blockSize, channels), options);
    }

    /** Blocks of space to channels: [n, h, w, c] to [n, h / b, w / b, c * b^2]. */
    public static Tensor spaceToDepth(Tensor x, int blockSize, String dataFormat) {
        if (x.isSymbolic()) {
            return node("SpaceToDepth", x, blockSize, dataFormat);
        }
        WindowOptions options = new WindowOptions().dataFormat(dataFormat);
        Tensor last = channelsLast(x, options);
        long[] d = last.shape().dims();
        requireBlocks("spaceToDepth", x, d[1] % blockSize == 0 && d[2] % blockSize == 0);
        Tensor blocks = transpose(
                reshape(last, d[0], d[1] / blockSize, blockSize, d[2] / blockSize, blockSize, d[3]), 0, 1, 3, 2, 4, 5);
        return original(reshape(blocks, d[0], d[1] / blockSize, d[2] / blockSize, d[3] * blockSize * blockSize), options);
    }

    /** The Bartlett (triangular) window of a length. */
    public static Tensor bartlett(int length) {
        double half = (length - 1) / 2.0;
        return window(length, i -> 1 - Math.abs(i - half) / half);
    }

    /** The Blackman window of a length. */
    public static Tensor blackman(int length) {
        return window(length, i -> 0.42 - 0.5 * Math.cos(turn(i, length)) + 0.08 * Math.cos(2 * turn(i, length)));
    }

    /** The Hamming window of a length. */
    public static Tensor hamming(int length) {
        return window(length, i -> 0.54 - 0.46 * Math.cos(turn(i, length)));
    }

    /** The Hann window of a length. */
    public static Tensor hanning(int length) {
        return window(length, i -> 0.5 - 0.5 * Math.cos(turn(i, length)));
    }

    /** The Kaiser window of a length. */
    public static Tensor kaiser(int length, double beta) {
        return window(length, i -> {
            double ratio = 2.0 * i / (length - 1) - 1;
            return bessel(beta * Math.sqrt(Math.max(0, 1 - ratio * ratio))) / bessel(beta);
        });
    }

    private static Tensor segments(String who, ScatterKind kind, double start, Tensor x, Tensor ids, int count) {
        if (x.rank() < 1 || ids.rank() != 1 || ids.size() != x.shape().dim(0)) {
            throw new IllegalArgumentException(who + ": one number for each slice along the first axis is required."
                    + " Received: x=" + x.type() + ", ids=" + ids.type() + ". Use reshape.");
        }
        Shape shape = x.shape().with(0, count + 1L);
        Tensor id = indices(ids);
        Tensor inside = logicalAnd(greaterEqual(id, 0), less(id, count));
        Tensor target = expandDims(where(inside, id, count), -1);
        Tensor all = apply(new ScatterNd(kind), full(shape, start, x.dtype()), target, x);
        return range(all, 0, 0, count);
    }

    /** The least (sign -1) or greatest (sign 1) number of a type. */
    private static double least(DType dtype, int sign) {
        return switch (dtype) {
            case FLOAT16 -> sign * 65504.0;
            case BFLOAT16 -> sign * 0x1.fep127;
            case FLOAT32 -> sign * (double) Float.MAX_VALUE;
            case FLOAT64 -> sign * Double.MAX_VALUE;
            case INT8 -> sign < 0 ? Byte.MIN_VALUE : Byte.MAX_VALUE;
            case UINT8 -> sign < 0 ? 0 : 255;
            case INT32 -> sign < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
            case INT64 -> sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            case BOOL -> sign < 0 ? 0 : 1;
        };
    }

    private static void requireBlocks(String who, Tensor x, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(who + ": lengths divisible by the block size are required. Received: " + x.type()
                    + ". Pad or crop first.");
        }
    }

    private static double turn(int i, int length) {
        return 2 * Math.PI * i / (length - 1);
    }

    private static Tensor window(int length, IntToDoubleFunction element) {
        return computed(length, Configuration.floatx(), i -> length == 1 ? 1 : element.applyAsDouble((int) i));
    }

    /** The modified Bessel function of order 0 by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x * x / 4 / ((double) k * k);
            sum += term;
        }
        return sum;
    }
}
