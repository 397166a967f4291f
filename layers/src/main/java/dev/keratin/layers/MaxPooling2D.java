package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;

/**
 * The largest element of each window over height and width, channel by channel.
 *
 * <p>Input [batch, height, width, channels], output of the same rank with lengths that padding and strides give. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling2d/">Keras: MaxPooling2D</a>
 */
public final class MaxPooling2D extends PoolingLayer<MaxPooling2D> {
    /**
     * A layer with strides as long as the window.
     *
     * @param poolSize the window's length along all spatial axes, or one for each; none stands for 2
     */
    public MaxPooling2D(int... poolSize) {
        super(2, poolSize);
    }

    static MaxPooling2D from(ObjectNode config) {
        return new MaxPooling2D(Sizes.read(config, "pool_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] window, WindowOptions options) {
        return Ops.maxPool(input, window, options);
    }
}
