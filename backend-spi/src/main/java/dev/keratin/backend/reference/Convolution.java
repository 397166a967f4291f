package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;

/** Convolution and its two gradients: one walk over the windows, another of three tensors written. */
final class Convolution {
    /** Handles a run of filters that one input channel feeds through one kernel element. */
    private interface Tap {
        void apply(int input, int kernel, int output, int filters);
    }

    private final Windows windows;
    private final int batch;
    private final int channels;
    private final int filters;
    private final int groups;

    private Convolution(ConvSpec spec, Shape input, Shape kernel, Shape output) {
        windows = Windows.of(spec, input, kernel, output);
        batch = (int) input.dim(0);
        channels = (int) input.dim(-1);
        filters = (int) kernel.dim(-1);
        groups = spec.groups();
    }

    static void register(Kernels kernels) {
        kernels.single(Conv.class, (op, x, result) -> conv(op, x.get(0), x.get(1), result));
        kernels.single(ConvInputGrad.class, (op, x, result) -> inputGrad(op, x.get(0), x.get(1), result));
        kernels.single(ConvKernelGrad.class, (op, x, result) -> kernelGrad(op, x.get(0), x.get(1), result));
    }

    private static Tensor conv(Conv op, Tensor input, Tensor kernel, TensorType result) {
        double[] y = new double[Math.toIntExact(result.shape().size())];
        new Convolution(op.spec(), input.shape(), kernel.shape(), result.shape()).forEach((i, k, o, count) ->
                MatrixProduct.addMultiple(input.doubles[i], kernel.doubles, k, y, o, count));
        return Tensor.ofDoubles(result, y);
    }

    private static Tensor inputGrad(ConvInputGrad op, Tensor gradient, Tensor kernel, TensorType result) {
        double[] dx = new double[Math.toIntExact(result.shape().size())];
        new Convolution(op.spec(), result.shape(), kernel.shape(), gradient.shape()).forEach((i, k, o, count) ->
                dx[i] += dot(kernel.doubles, k, gradient.doubles, o, count));
        return Tensor.ofDoubles(result, dx);
    }

    private static Tensor kernelGrad(ConvKernelGrad op, Tensor input, Tensor gradient, TensorType result) {
        double[] dk = new double[Math.toIntExact(result.shape().size())];
        new Convolution(op.spec(), input.shape(), result.shape(), gradient.shape()).forEach((i, k, o, count) ->
                MatrixProduct.addMultiple(input.doubles[i], gradient.doubles, o, dk, k, count));
        return Tensor.ofDoubles(result, dk);
    }

    private static double dot(double[] a, int aFirst, double[] b, int bFirst, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[aFirst + i] * b[bFirst + i];
        }
        return sum;
    }

    private void forEach(Tap tap) {
        for (int n = 0; n < batch; n++) {
            int firstInput = n * windows.inputSize();
            int firstOutput = n * windows.outputSize();
            windows.forEach((output, element, input) ->
                    connect((firstInput + input) * channels, element, (firstOutput + output) * filters, tap));
        }
    }

    /** Connects the channels of one input position with the filters of one output position. */
    private void connect(int input, int element, int output, Tap tap) {
        int channelsPerGroup = channels / groups;
        int filtersPerGroup = filters / groups;
        for (int channel = 0; channel < channels; channel++) {
            int group = channel / channelsPerGroup;
            int row = element * channelsPerGroup + channel % channelsPerGroup;
            tap.apply(input + channel, row * filters + group * filtersPerGroup, output + group * filtersPerGroup,
                    filtersPerGroup);
        }
    }
}
