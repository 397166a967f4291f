package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * Long short-term memory over frames with height and width, whose products with kernels are convolutions (Shi et al., 2015).
 *
 * <p>Input [batch, time, height, width, channels], lengths known; output [batch, height, width, filters] or [batch, time, height, width, filters]
 * with lengths that padding and strides give; states h and c of the shape of one output. Kernel [kernelSize..., channels, 4 *
 * filters], recurrent kernel [kernelSize..., filters, 4 * filters], bias [4 * filters]; the kernel of the states moves by 1
 * and has zeros around. With {@code dataFormat("channels_first")} channels and filters come before the height and width. For masks see
 * {@link Recurrent}, for the formula {@link LSTMCell}.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/conv_lstm2d/">Keras: ConvLSTM2D</a>
 */
public final class ConvLSTM2D extends ConvLSTM<ConvLSTM2D> {
    /**
     * A layer.
     *
     * @param filters the number of channels of states and output, at least 1
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public ConvLSTM2D(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }

    static ConvLSTM2D from(ObjectNode config) {
        return new ConvLSTM2D(Json.integer(config, "filters", 0), Sizes.read(config, "kernel_size")).configured(config);
    }
}
