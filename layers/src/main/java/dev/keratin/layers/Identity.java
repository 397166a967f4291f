package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives its inputs, masks included.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/identity/">Keras: Identity</a>
 */
public final class Identity extends FluentLayer<Identity> {
    /** A layer with an automatic name. */
    public Identity() {}

    static Identity from(ObjectNode config) {
        Identity layer = new Identity();
        layer.configure(config);
        return layer;
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        return inputs;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return masks;
    }
}
