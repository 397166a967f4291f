package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A convolution over height and width of each channel on its own, then one of length 1 that mixes the channels.
 *
 * <p>Input [batch, height, width, channels], output [batch, height, width, filters]; depthwise kernel
 * [kernelSize..., channels, depthMultiplier], pointwise kernel
 * [1, 1, channels * depthMultiplier, filters], bias [filters]. With {@code dataFormat("channels_first")} the
 * channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/separable_convolution2d/">Keras: SeparableConv2D</a>
 */
public final class SeparableConv2D extends SeparableConv<SeparableConv2D> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public SeparableConv2D(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }

    static SeparableConv2D from(ObjectNode config) {
        return new SeparableConv2D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
