package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A convolution over steps of each channel on its own, then one of length 1 that mixes the channels.
 *
 * <p>Input [batch, steps, channels], output [batch, steps, filters]; depthwise kernel
 * [kernelSize, channels, depthMultiplier], pointwise kernel
 * [1, channels * depthMultiplier, filters], bias [filters]. With {@code dataFormat("channels_first")} the
 * channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/separable_convolution1d/">Keras: SeparableConv1D</a>
 */
public final class SeparableConv1D extends SeparableConv<SeparableConv1D> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length
     */
    public SeparableConv1D(int filters, int... kernelSize) {
        super(1, filters, kernelSize);
    }

    static SeparableConv1D from(ObjectNode config) {
        return new SeparableConv1D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
