package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * Long short-term memory over frames with width, whose products with kernels are convolutions (Shi et al., 2015).
 *
 * <p>Input [batch, time, width, channels], lengths known; output [batch, width, filters] or [batch, time, width, filters]
 * with lengths that padding and strides give; states h and c of the shape of one output. Kernel [kernelSize..., channels, 4 *
 * filters], recurrent kernel [kernelSize..., filters, 4 * filters], bias [4 * filters]; the kernel of the states moves by 1
 * and has zeros around. With {@code dataFormat("channels_first")} channels and filters come before the width. For masks see
 * {@link Recurrent}, for the formula {@link LSTMCell}.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/conv_lstm1d/">Keras: ConvLSTM1D</a>
 */
public final class ConvLSTM1D extends ConvLSTM<ConvLSTM1D> {
    /**
     * A layer.
     *
     * @param filters the number of channels of states and output, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public ConvLSTM1D(int filters, int... kernelSize) {
        super(1, filters, kernelSize);
    }

    static ConvLSTM1D from(ObjectNode config) {
        return new ConvLSTM1D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
