package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest element of each channel over steps.
 *
 * <p>Input [batch, steps, channels], output [batch, channels]. With {@code dataFormat("channels_first")} the
 * channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_max_pooling1d/">Keras: GlobalMaxPooling1D</a>
 */
public final class GlobalMaxPooling1D extends GlobalPoolingLayer<GlobalMaxPooling1D> {
    /** A layer with Keras's defaults. */
    public GlobalMaxPooling1D() {
        super(1);
    }

    static GlobalMaxPooling1D from(ObjectNode config) {
        return new GlobalMaxPooling1D().configured(config);
    }

    @Override
    Tensor reduce(Tensor input, int[] axes, boolean keep) {
        return Ops.max(input, axes, keep);
    }
}
