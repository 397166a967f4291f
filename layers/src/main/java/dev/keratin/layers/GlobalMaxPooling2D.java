package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest element of each channel over height and width.
 *
 * <p>Input [batch, height, width, channels], output [batch, channels]. With {@code dataFormat("channels_first")} the
 * channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_max_pooling2d/">Keras: GlobalMaxPooling2D</a>
 */
public final class GlobalMaxPooling2D extends GlobalPoolingLayer<GlobalMaxPooling2D> {
    /** A layer with Keras's defaults. */
    public GlobalMaxPooling2D() {
        super(2);
    }

    static GlobalMaxPooling2D from(ObjectNode config) {
        return new GlobalMaxPooling2D().configured(config);
    }

    @Override
    Tensor reduce(Tensor input, int[] axes, boolean keep) {
        return Ops.max(input, axes, keep);
    }
}
