package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A convolution over height and width: {@code activation(conv(input, kernel) + bias)}, kernels not flipped.
 *
 * <p>Input [batch, height, width, channels], output [batch, height, width, filters] with lengths that padding and strides give; kernel
 * [kernelSize..., channels / groups, filters], bias [filters]. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d/">Keras: Conv2D</a>
 */
public final class Conv2D extends PlainConv<Conv2D> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public Conv2D(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }

    static Conv2D from(ObjectNode config) {
        return new Conv2D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
