package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A convolution over depth, height and width: {@code activation(conv(input, kernel) + bias)}, kernels not flipped.
 *
 * <p>Input [batch, depth, height, width, channels], output [batch, depth, height, width, filters] with lengths that padding and strides give; kernel
 * [kernelSize..., channels / groups, filters], bias [filters]. With
 * {@code dataFormat("channels_first")} the channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution3d/">Keras: Conv3D</a>
 */
public final class Conv3D extends PlainConv<Conv3D> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public Conv3D(int filters, int... kernelSize) {
        super(3, filters, kernelSize);
    }

    static Conv3D from(ObjectNode config) {
        return new Conv3D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
