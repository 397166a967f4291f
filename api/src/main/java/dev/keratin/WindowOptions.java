package dev.keratin;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a convolution or pooling window moves over the spatial axes: {@code new WindowOptions().strides(2).padding("same")}.
 * Immutable; every setter gives a changed copy. One number stands for all spatial axes.
 */
public final class WindowOptions {
    private final List<Integer> strides;
    private final String padding;
    private final List<Integer> dilationRate;
    private final @Nullable List<Integer> outputPadding;
    private final String dataFormat;

    /** Padding "valid", no dilation, {@link Configuration#imageDataFormat}; strides 1, for pooling the window's size. */
    public WindowOptions() {
        this(List.of(), "valid", List.of(1), null, Configuration.imageDataFormat());
    }

    private WindowOptions(List<Integer> strides, String padding, List<Integer> dilationRate,
            @Nullable List<Integer> outputPadding, String dataFormat) {
        this.strides = strides;
        this.padding = padding;
        this.dilationRate = dilationRate;
        this.outputPadding = outputPadding;
        this.dataFormat = dataFormat;
    }

    /** Steps between windows, at least 1. */
    public WindowOptions strides(int... value) {
        return new WindowOptions(list(value), padding, dilationRate, outputPadding, dataFormat);
    }

    /**
     * {@code "valid"} (windows lie inside), {@code "same"} (output length = input length / stride, rounded up; what must
     * be put around is split evenly, the odd one after) or {@code "causal"} (all before; convolution over one axis).
     */
    public WindowOptions padding(String value) {
        if (!List.of("valid", "same", "causal").contains(value)) {
            throw new IllegalArgumentException("padding: \"valid\", \"same\" or \"causal\" is required. Received: \"" + value
                    + "\". Check the spelling.");
        }
        return new WindowOptions(strides, value, dilationRate, outputPadding, dataFormat);
    }

    /** Distances between neighbouring elements of a kernel, at least 1. */
    public WindowOptions dilationRate(int... value) {
        return new WindowOptions(strides, padding, list(value), outputPadding, dataFormat);
    }

    /** How much longer the result of a transposed convolution is than the least; without it Keras's rule decides. */
    public WindowOptions outputPadding(int... value) {
        return new WindowOptions(strides, padding, dilationRate, list(value), dataFormat);
    }

    /** {@code "channels_last"} [batch, spatial..., channels] or {@code "channels_first"} [batch, channels, spatial...]. */
    public WindowOptions dataFormat(String value) {
        if (!value.equals("channels_last") && !value.equals("channels_first")) {
            throw new IllegalArgumentException("dataFormat: \"channels_last\" or \"channels_first\" is required. Received: \""
                    + value + "\". Check the spelling.");
        }
        return new WindowOptions(strides, padding, dilationRate, outputPadding, value);
    }

    /** Whether the channels are on the second axis. */
    public boolean channelsFirst() {
        return dataFormat.equals("channels_first");
    }

    /** Whether strides were set. */
    public boolean hasStrides() {
        return !strides.isEmpty();
    }

    /** An option, by its Keras name, as files hold it; null where it was not set. */
    public @Nullable Object written(String option) {
        return switch (option) {
            case "strides" -> strides.isEmpty() ? null : strides;
            case "padding" -> padding;
            case "dilation_rate" -> dilationRate;
            case "output_padding" -> outputPadding;
            default -> dataFormat;
        };
    }

    int stride(int axis) {
        return strides.isEmpty() ? 1 : at(strides, axis);
    }

    int dilation(int axis) {
        return at(dilationRate, axis);
    }

    private @Nullable Integer extraLength(int axis) {
        return outputPadding == null ? null : (Integer) at(outputPadding, axis);
    }

    /** What is put before and after along a spatial axis. */
    int[] around(int axis, long length, long kernel, int stride) {
        long span = (kernel - 1) * dilation(axis) + 1;
        if (padding.equals("valid")) {
            return new int[] {0, 0};
        } else if (padding.equals("causal")) {
            return new int[] {(int) span - 1, 0};
        }
        long outputLength = (length + stride - 1) / stride;
        int total = (int) Math.max((outputLength - 1) * stride + span - length, 0);
        return new int[] {total / 2, total - total / 2};
    }

    /** The length that a transposed convolution gives along a spatial axis, and what a convolution back pads there. */
    long transposedLength(int axis, long length, long kernel) {
        long span = (kernel - 1) * dilation(axis) + 1;
        Integer extra = extraLength(axis);
        if (padding.equals("valid")) {
            return (length - 1) * stride(axis) + (extra == null ? Math.max(span, stride(axis)) : span + extra);
        }
        return extra == null ? length * stride(axis) : (length - 1) * stride(axis) + span % 2 + extra;
    }

    private static int at(List<Integer> values, int axis) {
        return values.get(values.size() == 1 ? 0 : axis);
    }

    private static List<Integer> list(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @Override
    public String toString() {
        return "strides=" + strides + ", padding=" + padding + ", dilationRate=" + dilationRate + ", dataFormat=" + dataFormat;
    }
}
