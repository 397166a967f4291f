package dev.keratin.layers;

import dev.keratin.activations.Activation;
import dev.keratin.activations.Activations;

/**
 * The settings of cells with gates, and of the layers that make them.
 *
 * @param <S> the class that has them, which every setter gives back
 */
interface GatedOptions<S> extends CellOptions<S> {
    /** The function of the gates; {@code "sigmoid"} by default. */
    @SuppressWarnings("unchecked")
    default S recurrentActivation(Activation newActivation) {
        settings().recurrentActivation = newActivation;
        return (S) this;
    }

    /** The function of the gates by its Keras name. */
    default S recurrentActivation(String name) {
        return recurrentActivation(Activations.get(name));
    }
}
