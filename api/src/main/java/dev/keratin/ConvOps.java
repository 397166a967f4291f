package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions over 1 to 3 spatial axes (cross-correlations: kernels are not flipped).
 *
 * <p>Inputs are [batch, spatial..., channels], or [batch, channels, spatial...] with channels_first, which is transposed
 * before and after. Element types are brought to a common floating one.
 */
abstract class ConvOps extends ActivationOps {
    ConvOps() {}

    /**
     * Convolution.
     *
     * @param kernel [spatial..., channels / groups, filters]; the number of groups follows from the channels
     */
    public static Tensor conv(Tensor x, Tensor kernel, WindowOptions options) {
        if (symbolic(x, kernel)) {
            return node("Conv", x, kernel, options.written("strides"),
                    options.written("padding"), options.written("data_format"), options.written("dilation_rate"));
        }
        requireSpatial("conv", x, kernel, options);
        Tensor input = channelsLast(x, options);
        int groups = groups(input, kernel);
        return original(convolved(input, kernel, options, groups), options);
    }

    /** {@link #conv(Tensor, Tensor, WindowOptions)} with the default options. */
    public static Tensor conv(Tensor x, Tensor kernel) {
        return conv(x, kernel, new WindowOptions());
    }

    /** {@link #conv(Tensor, Tensor, WindowOptions)} with strides and padding. */
    public static Tensor conv(Tensor x, Tensor kernel, int strides, String padding) {
        return conv(x, kernel, new WindowOptions().strides(strides).padding(padding));
    }

    /**
     * Transposed convolution: the gradient of a convolution with respect to its input. Output length with padding "valid":
     * (length - 1) * stride + max(kernel, stride), with "same": length * stride; with outputPadding p: (length - 1) *
     * stride + kernel + p, and (length - 1) * stride + kernel % 2 + p.
     *
     * @param kernel [spatial..., filters, channels]
     */
    public static Tensor convTranspose(Tensor x, Tensor kernel, WindowOptions options) {
        if (symbolic(x, kernel)) {
            return node("ConvTranspose", x, kernel, options.written("strides"), options.written("padding"),
                    options.written("output_padding"), options.written("data_format"), options.written("dilation_rate"));
        }
        requireSpatial("convTranspose", x, kernel, options);
        Tensor input = channelsLast(x, options);
        requireChannels("convTranspose", input.shape().dim(-1), kernel.shape().dim(-1), x, kernel);
        List<Tensor> same = floats(input, kernel);
        Shape shape = input.shape().with(-1, kernel.shape().dim(-2));
        for (int axis = 0; axis < x.rank() - 2; axis++) {
            shape = shape.with(axis + 1, options.transposedLength(axis, input.shape().dim(axis + 1), kernel.shape().dim(axis)));
        }
        ConvSpec spec = spec(shape, kernel, options, 1, input);
        return original(apply(new ConvInputGrad(spec, shape), same.get(0), same.get(1)), options);
    }

    /**
     * Convolution of each channel on its own: filter {@code c * multiplier + m} of the result comes from channel c.
     *
     * @param kernel [spatial..., channels, multiplier]
     */
    public static Tensor depthwiseConv(Tensor x, Tensor kernel, WindowOptions options) {
        if (symbolic(x, kernel)) {
            return node("DepthwiseConv", x, kernel, options.written("strides"),
                    options.written("padding"), options.written("data_format"), options.written("dilation_rate"));
        }
        requireSpatial("depthwiseConv", x, kernel, options);
        Tensor input = channelsLast(x, options);
        long channels = kernel.shape().dim(-2);
        requireChannels("depthwiseConv", input.shape().dim(-1), channels, x, kernel);
        Shape grouped = kernel.shape().with(-2, 1).with(-1, channels * kernel.shape().dim(-1));
        return original(convolved(input, reshaped(kernel, grouped), options, (int) channels), options);
    }

    /**
     * {@link #depthwiseConv}, then a convolution with a kernel of size 1 that mixes the channels.
     *
     * @param depthwiseKernel [spatial..., channels, multiplier]
     * @param pointwiseKernel [1..., channels * multiplier, filters]
     */
    public static Tensor separableConv(
            Tensor x, Tensor depthwiseKernel, Tensor pointwiseKernel, WindowOptions options) {
        if (symbolic(List.of(x, depthwiseKernel, pointwiseKernel))) {
            return node("SeparableConv", x, depthwiseKernel, pointwiseKernel, options.written("strides"),
                    options.written("padding"), options.written("data_format"), options.written("dilation_rate"));
        }
        WindowOptions pointwise = new WindowOptions().dataFormat(options.channelsFirst() ? "channels_first" : "channels_last");
        return conv(depthwiseConv(x, depthwiseKernel, options), pointwiseKernel, pointwise);
    }

    /** The tensor with its channels on the last axis. */
    static Tensor channelsLast(Tensor x, WindowOptions options) {
        return options.channelsFirst() ? moveaxis(x, 1, -1) : x;
    }

    /** The result with its channels where the options want them. */
    static Tensor original(Tensor x, WindowOptions options) {
        return options.channelsFirst() ? moveaxis(x, -1, 1) : x;
    }

    private static Tensor convolved(Tensor input, Tensor kernel, WindowOptions options, int groups) {
        List<Tensor> same = floats(input, kernel);
        return apply(new Conv(spec(input.shape(), kernel, options, groups, null)), same.get(0), same.get(1));
    }

    private static List<Tensor> floats(Tensor a, Tensor b) {
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        DType computed = common.isFloating() ? common : Configuration.floatx();
        return List.of(cast(a, computed), cast(b, computed));
    }

    /** The geometry that maps a shape to the output; to the lengths of {@code target} if it is given. */
    private static ConvSpec spec(Shape from, Tensor kernel, WindowOptions options, int groups,
            @org.jspecify.annotations.Nullable Tensor target) {
        List<Integer> strides = new ArrayList<>();
        List<Integer> lows = new ArrayList<>();
        List<Integer> highs = new ArrayList<>();
        List<Integer> dilations = new ArrayList<>();
        for (int axis = 0; axis < from.rank() - 2; axis++) {
            int stride = options.stride(axis);
            int[] around = target == null
                    ? options.around(axis, from.dim(axis + 1), kernel.shape().dim(axis), stride)
                    : back(options, axis, kernel.shape().dim(axis), from.dim(axis + 1), target.shape().dim(axis + 1));
            strides.add(stride);
            lows.add(around[0]);
            highs.add(around[1]);
            dilations.add(options.dilation(axis));
        }
        return new ConvSpec(strides, lows, highs, dilations, groups);
    }

    /** What a convolution from a length to a target length pads: what it must, half of it before. */
    private static int[] back(WindowOptions options, int axis, long kernel, long from, long target) {
        long span = (kernel - 1) * options.dilation(axis) + 1;
        int total = (int) Math.max((target - 1) * options.stride(axis) + span - from, 0);
        return new int[] {total / 2, total - total / 2};
    }

    private static int groups(Tensor input, Tensor kernel) {
        long channels = input.shape().dim(-1);
        long part = kernel.shape().dim(-2);
        if (part == 0 || channels % part != 0) {
            throw new IllegalArgumentException("conv: channels that are a multiple of the second-to-last axis of the kernel"
                    + " are required. Received: x=" + input.type() + " (channels last), kernel=" + kernel.type() + " ("
                    + channels + " vs " + part + "). Check the data format and the kernel's shape [spatial..., channels, filters].");
        }
        return (int) (channels / part);
    }

    private static void requireChannels(String who, long channels, long wanted, Tensor x, Tensor kernel) {
        if (channels != wanted) {
            throw new IllegalArgumentException(who + ": as many channels as the kernel has are required. Received: x=" + x.type()
                    + ", kernel=" + kernel.type() + " (" + channels + " vs " + wanted + "). Check the data format.");
        }
    }

    private static void requireSpatial(String who, Tensor x, Tensor kernel, WindowOptions options) {
        if (x.rank() < 3 || x.rank() > 5 || kernel.rank() != x.rank()) {
            throw new IllegalArgumentException(who + ": x and kernel of the same rank from 3 to 5 are required. Received: x="
                    + x.type() + ", kernel=" + kernel.type() + " (" + options + "). Add a batch or channel axis with expandDims.");
        }
    }
}
