package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A transposed convolution over height and width, which makes its input longer by the strides.
 *
 * <p>Input [batch, height, width, channels], output [batch, height, width, filters] with the lengths of {@link dev.keratin.Ops#convTranspose}; kernel
 * [kernelSize..., filters, channels], bias [filters]. With {@code dataFormat("channels_first")} the
 * channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d_transpose/">Keras: Conv2DTranspose</a>
 */
public final class Conv2DTranspose extends TransposedConv<Conv2DTranspose> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public Conv2DTranspose(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }

    static Conv2DTranspose from(ObjectNode config) {
        return new Conv2DTranspose(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
