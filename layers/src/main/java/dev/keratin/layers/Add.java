package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The sum of its inputs, element by element.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/add/">Keras: Add</a>
 */
public final class Add extends Merge<Add> {
    /** A layer with an automatic name. */
    public Add() {}

    static Add from(ObjectNode config) {
        Add layer = new Add();
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor merge(Tensor a, Tensor b) {
        return Ops.add(a, b);
    }
}
