package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The product of its inputs, element by element.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/multiply/">Keras: Multiply</a>
 */
public final class Multiply extends Merge<Multiply> {
    /** A layer with an automatic name. */
    public Multiply() {}

    static Multiply from(ObjectNode config) {
        Multiply layer = new Multiply();
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor merge(Tensor a, Tensor b) {
        return Ops.multiply(a, b);
    }
}
