package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest element of each of a given number of windows over steps, channel by channel.
 *
 * <p>Input [batch, steps, channels], output with the lengths outputSize. With
 * {@code dataFormat("channels_first")} the channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_max_pooling1d/">Keras: AdaptiveMaxPooling1D</a>
 */
public final class AdaptiveMaxPooling1D extends AdaptivePoolingLayer<AdaptiveMaxPooling1D> {
    /**
     * A layer with output lengths.
     *
     * @param outputSize the number of windows
     */
    public AdaptiveMaxPooling1D(int... outputSize) {
        super(1, outputSize);
    }

    static AdaptiveMaxPooling1D from(ObjectNode config) {
        return new AdaptiveMaxPooling1D(Sizes.read(config, "output_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] size, String dataFormat) {
        return Ops.adaptiveMaxPool(input, size, dataFormat);
    }
}
