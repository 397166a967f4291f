package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The smallest of its inputs, element by element.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/minimum/">Keras: Minimum</a>
 */
public final class Minimum extends Merge<Minimum> {
    /** A layer with an automatic name. */
    public Minimum() {}

    static Minimum from(ObjectNode config) {
        Minimum layer = new Minimum();
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor merge(Tensor a, Tensor b) {
        return Ops.minimum(a, b);
    }
}
