package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The largest of its inputs, element by element.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/maximum/">Keras: Maximum</a>
 */
public final class Maximum extends Merge<Maximum> {
    /** A layer with an automatic name. */
    public Maximum() {}

    static Maximum from(ObjectNode config) {
        Maximum layer = new Maximum();
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor merge(Tensor a, Tensor b) {
        return Ops.maximum(a, b);
    }
}
