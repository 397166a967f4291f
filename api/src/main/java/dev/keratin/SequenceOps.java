package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.List;
import java.util.stream.IntStream;

/** Connectionist temporal classification, sliding blocks, distinct elements. */
abstract class SequenceOps extends SegmentOps {
    SequenceOps() {}

    /**
     * The negated log-probability of label sequences under connectionist temporal classification (Graves et al., 2006).
     *
     * @param target integers [batch, labels]
     * @param output logits [batch, steps, classes]
     * @param targetLength how many labels count, [batch]
     * @param outputLength how many steps count, [batch]
     * @param maskIndex the class that stands for no label
     * @return [batch]
     */
    public static Tensor ctcLoss(Tensor target, Tensor output, Tensor targetLength, Tensor outputLength, int maskIndex) {
        if (symbolic(List.of(target, output, targetLength, outputLength))) {
            return node("CTCLoss", target, output, targetLength, outputLength, maskIndex);
        }
        return new Ctc(cast(target, DType.INT32), output, maskIndex).loss(targetLength, outputLength);
    }

    /**
     * The most likely labels under connectionist temporal classification: greedily the class of each step, or by a beam search
     * the sequences with the largest sums over all paths that spell them.
     *
     * @param inputs logits [batch, steps, classes]
     * @param sequenceLengths how many steps count, [batch]
     */
    public static Ops.Decoded ctcDecode(Tensor inputs, Tensor sequenceLengths, DecodeOptions options) {
        if (inputs.rank() != 3) {
            throw new IllegalArgumentException("ctcDecode: inputs [batch, steps, classes] are required. Received: "
                    + inputs.type() + ". Add the axes that lack with expandDims.");
        }
        List<Tensor> both = symbolic(inputs, sequenceLengths)
                ? OpTable.call("CTCDecode", inputs, sequenceLengths, options.strategy(), options.beamWidth(), options.topPaths(),
                        options.mergeRepeated(), options.maskIndex())
                : options.isGreedy() ? Ctc.decode(inputs, sequenceLengths, options.mergeRepeated(), options.maskIndex())
                : new BeamSearch(inputs, sequenceLengths, options).decode(options.topPaths());
        return new Ops.Decoded(both.get(0), both.get(1));
    }

    /** {@link #ctcDecode(Tensor, Tensor, DecodeOptions)}, greedily. */
    public static Ops.Decoded ctcDecode(Tensor inputs, Tensor sequenceLengths, boolean mergeRepeated, int maskIndex) {
        return ctcDecode(inputs, sequenceLengths, new DecodeOptions().mergeRepeated(mergeRepeated).maskIndex(maskIndex));
    }

    /**
     * Sliding blocks of images [batch, channels, height, width]: [batch, channels * kernel height * kernel width, blocks].
     *
     * @param kernelSize height and width of the blocks; dilation, padding and stride likewise
     */
    public static Tensor unfold(Tensor x, int[] kernelSize, int[] dilation, int[] padding, int[] stride) {
        if (x.isSymbolic()) {
            return node("Unfold", x, kernelSize, dilation, padding, stride);
        }
        int[][] around = {{0, 0}, {0, 0}, {padding[0], padding[0]}, {padding[1], padding[1]}};
        Tensor padded = pad(x, around);
        int rows = blocks(padded.shape().dim(2), kernelSize[0], dilation[0], stride[0]);
        int columns = blocks(padded.shape().dim(3), kernelSize[1], dilation[1], stride[1]);
        Tensor down = take(padded, places(kernelSize[0], dilation[0], rows, stride[0]), 2);
        Tensor both = take(down, places(kernelSize[1], dilation[1], columns, stride[1]), 4);
        Tensor ordered = transpose(both, 0, 1, 2, 4, 3, 5);
        long channels = x.shape().dim(1) * kernelSize[0] * kernelSize[1];
        return reshape(ordered, x.shape().dim(0), channels, (long) rows * columns);
    }

    /** The sum of sliding blocks put back to where {@link #unfold} took them from: [batch, channels, height, width]. */
    public static Tensor fold(Tensor x, int[] outputSize, int[] kernelSize, int[] dilation, int[] padding, int[] stride) {
        if (x.isSymbolic()) {
            return node("Fold", x, outputSize, kernelSize, dilation, padding, stride);
        }
        long height = outputSize[0] + 2L * padding[0];
        long width = outputSize[1] + 2L * padding[1];
        int rows = blocks(height, kernelSize[0], dilation[0], stride[0]);
        int columns = blocks(width, kernelSize[1], dilation[1], stride[1]);
        Tensor row = reshape(places(kernelSize[0], dilation[0], rows, stride[0]), kernelSize[0], 1, rows, 1);
        Tensor column = reshape(places(kernelSize[1], dilation[1], columns, stride[1]), 1, kernelSize[1], 1, columns);
        Tensor place = reshape(add(multiply(row, width), column), -1, 1);
        long batch = x.shape().dim(0);
        long channels = x.shape().dim(1) / ((long) kernelSize[0] * kernelSize[1]);
        Tensor blocks = transpose(reshape(x, batch * channels, -1));
        Tensor empty = zeros(Shape.of(height * width, batch * channels), x.dtype());
        Tensor sums = apply(new ScatterNd(ScatterKind.ADD), empty, place, blocks);
        Tensor images = reshape(transpose(sums), batch, channels, height, width);
        return slice(images, new long[] {0, 0, padding[0], padding[1]}, new long[] {-1, -1, outputSize[0], outputSize[1]});
    }

    /** The distinct elements of a concrete tensor; their number depends on the elements, so it can't be part of a step. */
    public static Ops.Unique unique(Tensor x) {
        Tensor flat = ravel(x);
        int[] order = argsort(number(flat)).toIntArray();
        double[] elements = flat.toDoubleArray();
        long[] wholes = flat.toLongArray();
        boolean whole = !flat.dtype().isFloating();
        int[] inverse = new int[order.length];
        int[] first = new int[order.length];
        int[] counts = new int[order.length];
        int found = 0;
        for (int i = 0; i < order.length; i++) {
            boolean same = i > 0 && (whole ? wholes[order[i]] == wholes[order[i - 1]] : elements[order[i]] == elements[order[i - 1]]);
            if (!same) {
                first[found++] = order[i];
            }
            counts[found - 1]++;
            inverse[order[i]] = found - 1;
        }
        Tensor indices = Tensor.of(java.util.Arrays.copyOf(first, found), found);
        return new Ops.Unique(take(flat, indices, 0), indices, Tensor.of(inverse, x.shape().dims()),
                Tensor.of(java.util.Arrays.copyOf(counts, found), found));
    }

    private static int blocks(long length, int kernel, int dilation, int stride) {
        return (int) ((length - (long) dilation * (kernel - 1) - 1) / stride + 1);
    }

    /** Where element k of block b lies: [kernel, blocks]. */
    private static Tensor places(int kernel, int dilation, int blocks, int stride) {
        int[] places = IntStream.range(0, kernel * blocks)
                .map(i -> i / blocks * dilation + i % blocks * stride).toArray();
        return reshape(computed(places.length, DType.INT32, i -> places[(int) i]), kernel, blocks);
    }
}
