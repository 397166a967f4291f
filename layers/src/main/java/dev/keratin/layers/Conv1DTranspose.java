package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A transposed convolution over steps, which makes its input longer by the strides.
 *
 * <p>Input [batch, steps, channels], output [batch, steps, filters] with the lengths of {@link dev.keratin.Ops#convTranspose}; kernel
 * [kernelSize, filters, channels], bias [filters]. With {@code dataFormat("channels_first")} the
 * channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution1d_transpose/">Keras: Conv1DTranspose</a>
 */
public final class Conv1DTranspose extends TransposedConv<Conv1DTranspose> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length
     */
    public Conv1DTranspose(int filters, int... kernelSize) {
        super(1, filters, kernelSize);
    }

    static Conv1DTranspose from(ObjectNode config) {
        return new Conv1DTranspose(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
