package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * The mean of its inputs, element by element.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/average/">Keras: Average</a>
 */
public final class Average extends Merge<Average> {
    /** A layer with an automatic name. */
    public Average() {}

    static Average from(ObjectNode config) {
        Average layer = new Average();
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor merge(Tensor a, Tensor b) {
        return Ops.add(a, b);
    }

    @Override
    protected Tensor finish(Tensor merged, int count) {
        return Ops.divide(merged, count);
    }
}
