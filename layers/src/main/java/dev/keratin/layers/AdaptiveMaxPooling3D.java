package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest element of each of a given number of windows over depth, height and width, channel by channel.
 *
 * <p>Input [batch, depth, height, width, channels], output with the lengths outputSize. With
 * {@code dataFormat("channels_first")} the channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_max_pooling3d/">Keras: AdaptiveMaxPooling3D</a>
 */
public final class AdaptiveMaxPooling3D extends AdaptivePoolingLayer<AdaptiveMaxPooling3D> {
    /**
     * A layer with output lengths.
     *
     * @param outputSize the number of windows along all spatial axes, or one for each
     */
    public AdaptiveMaxPooling3D(int... outputSize) {
        super(3, outputSize);
    }

    static AdaptiveMaxPooling3D from(ObjectNode config) {
        return new AdaptiveMaxPooling3D(Sizes.read(config, "output_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] size, String dataFormat) {
        return Ops.adaptiveMaxPool(input, size, dataFormat);
    }
}
