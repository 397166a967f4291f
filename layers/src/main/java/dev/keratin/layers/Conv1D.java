package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A convolution over steps: {@code activation(conv(input, kernel) + bias)}, kernels not flipped.
 *
 * <p>Input [batch, steps, channels], output [batch, steps, filters] with lengths that padding and strides give; kernel
 * [kernelSize, channels / groups, filters], bias [filters]. With
 * {@code dataFormat("channels_first")} the channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution1d/">Keras: Conv1D</a>
 */
public final class Conv1D extends PlainConv<Conv1D> {
    /**
     * A layer without activation.
     *
     * @param filters the number of output channels, at least 1
     * @param kernelSize the window's length
     */
    public Conv1D(int filters, int... kernelSize) {
        super(1, filters, kernelSize);
    }

    static Conv1D from(ObjectNode config) {
        return new Conv1D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }

    @Override
    List<String> paddings() {
        return List.of("valid", "same", "causal");
    }
}
