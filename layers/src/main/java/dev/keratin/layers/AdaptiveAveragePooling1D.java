package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The mean of each of a given number of windows over steps, channel by channel.
 *
 * <p>Input [batch, steps, channels], output with the lengths outputSize. With
 * {@code dataFormat("channels_first")} the channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_average_pooling1d/">Keras: AdaptiveAveragePooling1D</a>
 */
public final class AdaptiveAveragePooling1D extends AdaptivePoolingLayer<AdaptiveAveragePooling1D> {
    /**
     * A layer with output lengths.
     *
     * @param outputSize the number of windows
     */
    public AdaptiveAveragePooling1D(int... outputSize) {
        super(1, outputSize);
    }

    static AdaptiveAveragePooling1D from(ObjectNode config) {
        return new AdaptiveAveragePooling1D(Sizes.read(config, "output_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] size, String dataFormat) {
        return Ops.adaptiveAveragePool(input, size, dataFormat);
    }
}
