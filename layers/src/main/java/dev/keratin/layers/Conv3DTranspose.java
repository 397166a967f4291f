package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A transposed convolution over depth, height and width, which makes its input longer by the strides.
 *
 * <p>Input [batch, depth, height, width, channels], output [batch, depth, height, width, filters] with the lengths of {@link dev.keratin.Ops#convTranspose}; kernel
 * [kernelSize..., filters, channels], bias [filters]. With {@code dataFormat("channels_first")} the
 * channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution3d_transpose/">Keras: Conv3DTranspose</a>
 */
public final class Conv3DTranspose extends TransposedConv<Conv3DTranspose> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public Conv3DTranspose(int filters, int... kernelSize) {
        super(3, filters, kernelSize);
    }

    static Conv3DTranspose from(ObjectNode config) {
        return new Conv3DTranspose(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
