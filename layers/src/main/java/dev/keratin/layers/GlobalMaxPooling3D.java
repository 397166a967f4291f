package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest element of each channel over depth, height and width.
 *
 * <p>Input [batch, depth, height, width, channels], output [batch, channels]. With {@code dataFormat("channels_first")} the
 * channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_max_pooling3d/">Keras: GlobalMaxPooling3D</a>
 */
public final class GlobalMaxPooling3D extends GlobalPoolingLayer<GlobalMaxPooling3D> {
    /** A layer with Keras's defaults. */
    public GlobalMaxPooling3D() {
        super(3);
    }

    static GlobalMaxPooling3D from(ObjectNode config) {
        return new GlobalMaxPooling3D().configured(config);
    }

    @Override
    Tensor reduce(Tensor input, int[] axes, boolean keep) {
        return Ops.max(input, axes, keep);
    }
}
