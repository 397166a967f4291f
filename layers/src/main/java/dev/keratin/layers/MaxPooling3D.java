package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;

/**
 * The largest element of each window over depth, height and width, channel by channel.
 *
 * <p>Input [batch, depth, height, width, channels], output of the same rank with lengths that padding and strides give. With
 * {@code dataFormat("channels_first")} the channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling3d/">Keras: MaxPooling3D</a>
 */
public final class MaxPooling3D extends PoolingLayer<MaxPooling3D> {
    /**
     * A layer with strides as long as the window.
     *
     * @param poolSize the window's length along all spatial axes, or one for each; none stands for 2
     */
    public MaxPooling3D(int... poolSize) {
        super(3, poolSize);
    }

    static MaxPooling3D from(ObjectNode config) {
        return new MaxPooling3D(Sizes.read(config, "pool_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] window, WindowOptions options) {
        return Ops.maxPool(input, window, options);
    }
}
