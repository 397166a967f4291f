package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;

/**
 * The first input minus the second, element by element.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/subtract/">Keras: Subtract</a>
 */
public final class Subtract extends Merge<Subtract> {
    /** A layer with an automatic name. */
    public Subtract() {}

    static Subtract from(ObjectNode config) {
        Subtract layer = new Subtract();
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor merge(Tensor a, Tensor b) {
        return Ops.subtract(a, b);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        if (inputShapes.size() != 2) {
            throw new IllegalArgumentException(who() + ": 2 inputs are required. Received: " + inputShapes.size() + ".");
        }
    }
}
