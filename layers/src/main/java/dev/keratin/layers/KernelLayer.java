package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.activations.Activation;
import dev.keratin.activations.Activations;
import java.util.Arrays;

/**
 * A layer with a kernel, a bias and an activation: {@code activation(product(input, kernel) + bias)}.
 *
 * @param <S> the layer's own class
 */
public abstract class KernelLayer<S extends KernelLayer<S>> extends KernelBiasLayer<S> {
    private Activation activation = Activations.get("linear");

    /** A layer with Keras's defaults. */
    protected KernelLayer() {}

    /** Adds the bias along the last axis, if there is one, and applies the activation. */
    protected final Tensor finish(Tensor product) {
        return activation.call(bias() == null ? product : Ops.add(product, value(bias())));
    }

    /** Applies the activation. */
    final Tensor activated(Tensor x) {
        return activation.call(x);
    }

    /** Adds the bias along the axis of channels, if there is one, and applies the activation. */
    protected final Tensor finishChannelsFirst(Tensor product) {
        if (bias() == null) {
            return activation.call(product);
        }
        long[] dims = new long[product.rank()];
        Arrays.fill(dims, 1);
        dims[1] = product.shape().dim(1);
        return activation.call(Ops.add(product, Ops.reshape(value(bias()), dims)));
    }

    /** The function of each output; {@code "linear"} by default. */
    public final S activation(Activation newActivation) {
        activation = newActivation;
        return self();
    }

    /** The function of each output by its Keras name, such as {@code "relu"}. */
    public final S activation(String name) {
        return activation(Activations.get(name));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("activation", Activations.serialize(activation));
        return config;
    }

    @Override
    protected final S configureKernel(ObjectNode config) {
        activation = Configs.activation(config, "activation", activation);
        return super.configureKernel(config);
    }
}
