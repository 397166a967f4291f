package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;

/**
 * The largest element of each window over steps, channel by channel.
 *
 * <p>Input [batch, steps, channels], output of the same rank with lengths that padding and strides give. With
 * {@code dataFormat("channels_first")} the channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling1d/">Keras: MaxPooling1D</a>
 */
public final class MaxPooling1D extends PoolingLayer<MaxPooling1D> {
    /**
     * A layer with strides as long as the window.
     *
     * @param poolSize the window's length; none stands for 2
     */
    public MaxPooling1D(int... poolSize) {
        super(1, poolSize);
    }

    static MaxPooling1D from(ObjectNode config) {
        return new MaxPooling1D(Sizes.read(config, "pool_size")).configured(config);
    }

    @Override
    Tensor pool(Tensor input, int[] window, WindowOptions options) {
        return Ops.maxPool(input, window, options);
    }
}
