package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The mean of each of a given number of windows over height and width, channel by channel.
 *
 * <p>Input [batch, height, width, channels], output with the lengths outputSize. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_average_pooling2d/">Keras: AdaptiveAveragePooling2D</a>
 */
public final class AdaptiveAveragePooling2D extends AdaptivePoolingLayer<AdaptiveAveragePooling2D> {
    /**
     * A layer with output lengths.
     *
     * @param outputSize the number of windows along all spatial axes, or one for each
     */
    public AdaptiveAveragePooling2D(int... outputSize) {
        super(2, outputSize);
    }

    static AdaptiveAveragePooling2D from(ObjectNode config) {
        return new AdaptiveAveragePooling2D(Sizes.read(config, "output_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] size, String dataFormat) {
        return Ops.adaptiveAveragePool(input, size, dataFormat);
    }
}
