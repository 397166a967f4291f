package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A layer that moves a kernel over the spatial axes of its input: [batch, spatial..., channels], or [batch, channels,
 * spatial...] with {@code dataFormat("channels_first")}.
 *
 * @param <S> the layer's own class
 */
public abstract class ConvLayer<S extends ConvLayer<S>> extends KernelLayer<S> {
    private final int[] kernelSize;
    private int[] strides;
    private int[] dilationRate;
    private String padding = "valid";
    private SpatialFormat format;

    /**
     * A layer with Keras's defaults.
     *
     * @param rank the number of spatial axes
     * @param kernelSize one length for all spatial axes, or one for each
     */
    protected ConvLayer(int rank, int... kernelSize) {
        this.kernelSize = Sizes.each(className() + ": kernelSize", rank, 1, kernelSize);
        this.strides = Sizes.each("strides", rank, 1, 1);
        this.dilationRate = strides.clone();
        this.format = SpatialFormat.standard(rank);
    }

    /** Steps between neighbouring windows, one for all spatial axes or one for each; 1 by default. */
    public final S strides(int... steps) {
        strides = Sizes.each(className() + ": strides", kernelSize.length, 1, steps);
        return self();
    }

    /** Distances between neighbouring elements of the kernel, one for all spatial axes or one for each; 1 by default. */
    public final S dilationRate(int... distances) {
        dilationRate = Sizes.each(className() + ": dilationRate", kernelSize.length, 1, distances);
        return self();
    }

    /**
     * {@code "valid"}, the default: windows lie inside of the input. {@code "same"}: zeros are put around so that the output
     * is as long as the input divided by the strides. {@code "causal"}, for one axis: all zeros come before.
     */
    public final S padding(String name) {
        if (!paddings().contains(name)) {
            throw new IllegalArgumentException(className() + ": a padding of " + paddings() + " is required. Received: \"" + name
                    + "\". Check the spelling.");
        }
        padding = name;
        return self();
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        format = new SpatialFormat(kernelSize.length, name);
        return self();
    }

    /** The paddings that the layer knows. */
    List<String> paddings() {
        return List.of("valid", "same");
    }

    final int rank() {
        return kernelSize.length;
    }

    final int[] kernelSize() {
        return kernelSize;
    }

    final int[] strides() {
        return strides;
    }

    final SpatialFormat format() {
        return format;
    }

    /** Adds lengths of two axes to the kernel's spatial lengths. */
    final Shape kernelShape(long second, long last) {
        long[] spatial = new long[rank()];
        for (int i = 0; i < spatial.length; i++) {
            spatial[i] = kernelSize[i];
        }
        return Shape.of(spatial).concat(Shape.of(second, last));
    }

    /** The number of channels of the input. */
    final long channels(List<Shape> inputShapes) {
        return Weights.knownLength(this, inputShapes.get(0), format.channelAxis());
    }

    /** How the kernel moves. */
    final WindowOptions window() {
        return new WindowOptions().strides(strides).padding(padding).dilationRate(dilationRate).dataFormat(format.name());
    }

    /** Adds the bias along the channels, if there is one, and applies the activation. */
    final Tensor finishChannels(Tensor product) {
        return format.channelsFirst() ? finishChannelsFirst(product) : finish(product);
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), rank() + 2);
        InputRules.axis(this, inputs.get(0), format.channelAxis());
        if (padding.equals("valid") && shrinks()) {
            InputRules.windowsFit(this, inputs.get(0), format.firstSpatialAxis(), spans());
        }
    }

    /** Whether the output is shorter than the input. */
    boolean shrinks() {
        return true;
    }

    private int[] spans() {
        int[] spans = new int[rank()];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = (kernelSize[i] - 1) * dilationRate[i] + 1;
        }
        return spans;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("kernel_size", Sizes.json(kernelSize));
        config.set("strides", Sizes.json(strides));
        config.put("padding", padding);
        config.put("data_format", format.name());
        config.set("dilation_rate", Sizes.json(dilationRate));
        return config;
    }

    /** Takes over what {@link #config} of this class wrote. */
    protected final S configureConvolution(ObjectNode config) {
        configureKernel(config);
        strides(Sizes.read(config, "strides", 1));
        dilationRate(Sizes.read(config, "dilation_rate", 1));
        padding(Json.text(config, "padding", padding));
        format = format.read(config);
        return self();
    }

    /** Checks a number of filters or channels. */
    static int atLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " of at least 1 is required. Received: " + number + ".");
        }
        return number;
    }
}
