package dev.keratin.layers;

import dev.keratin.activations.Activation;
import dev.keratin.activations.Activations;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a recurrent cell and the layer that makes it have in common.
 *
 * @param <S> the class that has them, which every setter gives back
 */
interface CellOptions<S> extends KernelBiasOptions<S> {
    /** Where they are kept. */
    CellSettings settings();

    @Override
    default WeightSettings kernelSettings() {
        return settings().kernel;
    }

    @Override
    default WeightSettings biasSettings() {
        return settings().bias;
    }

    /** This object as its own class. */
    @SuppressWarnings("unchecked")
    private S me() {
        return (S) this;
    }

    /** The function of the output; {@code "tanh"} by default. */
    default S activation(Activation newActivation) {
        settings().activation = newActivation;
        return me();
    }

    /** The function of the output by its Keras name. */
    default S activation(String name) {
        return activation(Activations.get(name));
    }

    /** Whether there is a bias; true by default. */
    default S useBias(boolean hasBias) {
        settings().useBias = hasBias;
        return me();
    }

    /** How the recurrent kernel starts; {@code "orthogonal"} by default. */
    default S recurrentInitializer(Initializer initializer) {
        settings().recurrent.initializer = initializer;
        return me();
    }

    /** How the recurrent kernel starts, by Keras name. */
    default S recurrentInitializer(String name) {
        return recurrentInitializer(Initializers.get(name));
    }

    /** What penalises the recurrent kernel; nothing by default. */
    default S recurrentRegularizer(@Nullable Regularizer regularizer) {
        settings().recurrent.regularizer = regularizer;
        return me();
    }

    /** What penalises the recurrent kernel, by Keras name. */
    default S recurrentRegularizer(String name) {
        return recurrentRegularizer(Regularizers.get(name));
    }

    /** What the recurrent kernel is made to fulfil after each update; nothing by default. */
    default S recurrentConstraint(@Nullable Constraint constraint) {
        settings().recurrent.constraint = constraint;
        return me();
    }

    /** What the recurrent kernel is made to fulfil, by Keras name. */
    default S recurrentConstraint(String name) {
        return recurrentConstraint(Constraints.get(name));
    }

    /** The part of the inputs that is dropped in training, the same at all steps, from 0 to 1; 0 by default. */
    default S dropout(double rate) {
        settings().dropout = Math.min(1, Math.max(0, rate));
        return me();
    }

    /** The part of the states that is dropped in training, the same at all steps, from 0 to 1; 0 by default. */
    default S recurrentDropout(double rate) {
        settings().recurrentDropout = Math.min(1, Math.max(0, rate));
        return me();
    }

    /** What dropout depends on; null, the default, for the global seed. */
    default S seed(@Nullable Integer newSeed) {
        settings().seed = newSeed;
        return me();
    }
}
