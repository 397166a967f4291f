package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.activations.Activations;

/**
 * A function of each element, such as {@code "relu"}, as a layer.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/activation/">Keras: Activation</a>
 */
public final class Activation extends FluentLayer<Activation> {
    private final dev.keratin.activations.Activation function;

    /** A layer that applies a function. */
    public Activation(dev.keratin.activations.Activation function) {
        this.function = function;
    }

    static Activation from(ObjectNode config) {
        Activation layer = new Activation(Configs.activation(config, "activation", Activations.get("linear")));
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return function.call(input);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("activation", Activations.serialize(function));
        return config;
    }
}
