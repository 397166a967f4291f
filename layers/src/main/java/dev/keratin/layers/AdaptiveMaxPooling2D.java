package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest element of each of a given number of windows over height and width, channel by channel.
 *
 * <p>Input [batch, height, width, channels], output with the lengths outputSize. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_max_pooling2d/">Keras: AdaptiveMaxPooling2D</a>
 */
public final class AdaptiveMaxPooling2D extends AdaptivePoolingLayer<AdaptiveMaxPooling2D> {
    /**
     * A layer with output lengths.
     *
     * @param outputSize the number of windows along all spatial axes, or one for each
     */
    public AdaptiveMaxPooling2D(int... outputSize) {
        super(2, outputSize);
    }

    static AdaptiveMaxPooling2D from(ObjectNode config) {
        return new AdaptiveMaxPooling2D(Sizes.read(config, "output_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] size, String dataFormat) {
        return Ops.adaptiveMaxPool(input, size, dataFormat);
    }
}
