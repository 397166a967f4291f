package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;

/**
 * The mean of each window over height and width, channel by channel, padding not counted.
 *
 * <p>Input [batch, height, width, channels], output of the same rank with lengths that padding and strides give. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/average_pooling2d/">Keras: AveragePooling2D</a>
 */
public final class AveragePooling2D extends PoolingLayer<AveragePooling2D> {
    /**
     * A layer with strides as long as the window.
     *
     * @param poolSize the window's length along all spatial axes, or one for each; none stands for 2
     */
    public AveragePooling2D(int... poolSize) {
        super(2, poolSize);
    }

    static AveragePooling2D from(ObjectNode config) {
        return new AveragePooling2D(Sizes.read(config, "pool_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] window, WindowOptions options) {
        return Ops.averagePool(input, window, options);
    }
}
