package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The mean of each channel over height and width.
 *
 * <p>Input [batch, height, width, channels], output [batch, channels]. With {@code dataFormat("channels_first")} the
 * channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling2d/">Keras: GlobalAveragePooling2D</a>
 */
public final class GlobalAveragePooling2D extends GlobalPoolingLayer<GlobalAveragePooling2D> {
    /** A layer with Keras's defaults. */
    public GlobalAveragePooling2D() {
        super(2);
    }

    static GlobalAveragePooling2D from(ObjectNode config) {
        return new GlobalAveragePooling2D().configured(config);
    }

    @Override
    Tensor reduce(Tensor input, int[] axes, boolean keep) {
        return Ops.mean(input, axes, keep);
    }
}
