package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * A layer that moves a kernel over the spatial axes of its input: [batch, spatial..., channels], or [batch, channels,
 * spatial...] with {@code dataFormat("channels_first")}.
 *
 * @param <S> the layer's own class
 */
public abstract class ConvLayer<S extends ConvLayer<S>> extends KernelLayer<S> implements ConvOptions<S> {
    private final ConvSettings movement;

    /**
     * A layer with Keras's defaults.
     *
     * @param rank the number of spatial axes
     * @param kernelSize one length for all spatial axes, or one for each
     */
    protected ConvLayer(int rank, int... kernelSize) {
        this.movement = new ConvSettings(className(), paddings(), rank, kernelSize);
    }

    @Override
    public final ConvSettings movement() {
        return movement;
    }

    /** The paddings that the layer knows. */
    List<String> paddings() {
        return List.of("valid", "same");
    }

    final int rank() {
        return movement.rank();
    }

    final SpatialFormat format() {
        return movement.format();
    }

    /** The number of channels of the input. */
    final long channels(List<Shape> inputShapes) {
        return Weights.knownLength(this, inputShapes.get(0), format().channelAxis());
    }

    /** Adds the bias along the channels, if there is one, and applies the activation. */
    final Tensor finishChannels(Tensor product) {
        return format().channelsFirst() ? finishChannelsFirst(product) : finish(product);
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), rank() + 2);
        InputRules.axis(this, inputs.get(0), format().channelAxis());
        if (movement.isValid() && shrinks()) {
            InputRules.windowsFit(this, inputs.get(0), format().firstSpatialAxis(), movement.spans());
        }
    }

    /** Whether the output is shorter than the input. */
    boolean shrinks() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        movement.write(config);
        return config;
    }

    /** Takes over what {@link #config} of this class wrote. */
    protected final S configureConvolution(ObjectNode config) {
        configureKernel(config);
        movement.read(config);
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
