package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The mean of each channel over depth, height and width.
 *
 * <p>Input [batch, depth, height, width, channels], output [batch, channels]. With {@code dataFormat("channels_first")} the
 * channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling3d/">Keras: GlobalAveragePooling3D</a>
 */
public final class GlobalAveragePooling3D extends GlobalPoolingLayer<GlobalAveragePooling3D> {
    /** A layer with Keras's defaults. */
    public GlobalAveragePooling3D() {
        super(3);
    }

    static GlobalAveragePooling3D from(ObjectNode config) {
        return new GlobalAveragePooling3D().configured(config);
    }

    @Override
    Tensor reduce(Tensor input, int[] axes, boolean keep) {
        return Ops.mean(input, axes, keep);
    }
}
