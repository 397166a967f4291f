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
interface CellOptions<S> {
    /** Where they are kept. */
    CellSettings settings();

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

    /** How the kernel starts; {@code "glorot_uniform"} by default. */
    default S kernelInitializer(Initializer initializer) {
        settings().kernelInitializer = initializer;
        return me();
    }

    /** How the kernel starts, by Keras name. */
    default S kernelInitializer(String name) {
        return kernelInitializer(Initializers.get(name));
    }

    /** How the recurrent kernel starts; {@code "orthogonal"} by default. */
    default S recurrentInitializer(Initializer initializer) {
        settings().recurrentInitializer = initializer;
        return me();
    }

    /** How the recurrent kernel starts, by Keras name. */
    default S recurrentInitializer(String name) {
        return recurrentInitializer(Initializers.get(name));
    }

    /** How the bias starts; {@code "zeros"} by default. */
    default S biasInitializer(Initializer initializer) {
        settings().biasInitializer = initializer;
        return me();
    }

    /** How the bias starts, by Keras name. */
    default S biasInitializer(String name) {
        return biasInitializer(Initializers.get(name));
    }

    /** What penalises the kernel; nothing by default. */
    default S kernelRegularizer(@Nullable Regularizer regularizer) {
        settings().kernelRegularizer = regularizer;
        return me();
    }

    /** What penalises the kernel, by Keras name. */
    default S kernelRegularizer(String name) {
        return kernelRegularizer(Regularizers.get(name));
    }

    /** What penalises the recurrent kernel; nothing by default. */
    default S recurrentRegularizer(@Nullable Regularizer regularizer) {
        settings().recurrentRegularizer = regularizer;
        return me();
    }

    /** What penalises the recurrent kernel, by Keras name. */
    default S recurrentRegularizer(String name) {
        return recurrentRegularizer(Regularizers.get(name));
    }

    /** What penalises the bias; nothing by default. */
    default S biasRegularizer(@Nullable Regularizer regularizer) {
        settings().biasRegularizer = regularizer;
        return me();
    }

    /** What penalises the bias, by Keras name. */
    default S biasRegularizer(String name) {
        return biasRegularizer(Regularizers.get(name));
    }

    /** What the kernel is made to fulfil after each update; nothing by default. */
    default S kernelConstraint(@Nullable Constraint constraint) {
        settings().kernelConstraint = constraint;
        return me();
    }

    /** What the kernel is made to fulfil, by Keras name. */
    default S kernelConstraint(String name) {
        return kernelConstraint(Constraints.get(name));
    }

    /** What the recurrent kernel is made to fulfil after each update; nothing by default. */
    default S recurrentConstraint(@Nullable Constraint constraint) {
        settings().recurrentConstraint = constraint;
        return me();
    }

    /** What the recurrent kernel is made to fulfil, by Keras name. */
    default S recurrentConstraint(String name) {
        return recurrentConstraint(Constraints.get(name));
    }

    /** What the bias is made to fulfil after each update; nothing by default. */
    default S biasConstraint(@Nullable Constraint constraint) {
        settings().biasConstraint = constraint;
        return me();
    }

    /** What the bias is made to fulfil, by Keras name. */
    default S biasConstraint(String name) {
        return biasConstraint(Constraints.get(name));
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
