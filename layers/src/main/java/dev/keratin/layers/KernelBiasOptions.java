package dev.keratin.layers;

import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a kernel and a bias.
 *
 * @param <S> the class that has them, which every setter gives back
 */
interface KernelBiasOptions<S> {
    /** Where those of the kernel are kept. */
    WeightSettings kernelSettings();

    /** Where those of the bias are kept. */
    WeightSettings biasSettings();

    /** This object as its own class. */
    @SuppressWarnings("unchecked")
    private S me() {
        return (S) this;
    }

    /** How the kernel starts; {@code "glorot_uniform"} by default. */
    default S kernelInitializer(Initializer initializer) {
        kernelSettings().initializer = initializer;
        return me();
    }

    /** How the kernel starts, by Keras name. */
    default S kernelInitializer(String name) {
        return kernelInitializer(Initializers.get(name));
    }

    /** What penalises the kernel; nothing by default. */
    default S kernelRegularizer(@Nullable Regularizer regularizer) {
        kernelSettings().regularizer = regularizer;
        return me();
    }

    /** What penalises the kernel, by Keras name. */
    default S kernelRegularizer(String name) {
        return kernelRegularizer(Regularizers.get(name));
    }

    /** What the kernel is made to fulfil after each update; nothing by default. */
    default S kernelConstraint(@Nullable Constraint constraint) {
        kernelSettings().constraint = constraint;
        return me();
    }

    /** What the kernel is made to fulfil, by Keras name. */
    default S kernelConstraint(String name) {
        return kernelConstraint(Constraints.get(name));
    }

    /** How the bias starts; {@code "zeros"} by default. */
    default S biasInitializer(Initializer initializer) {
        biasSettings().initializer = initializer;
        return me();
    }

    /** How the bias starts, by Keras name. */
    default S biasInitializer(String name) {
        return biasInitializer(Initializers.get(name));
    }

    /** What penalises the bias; nothing by default. */
    default S biasRegularizer(@Nullable Regularizer regularizer) {
        biasSettings().regularizer = regularizer;
        return me();
    }

    /** What penalises the bias, by Keras name. */
    default S biasRegularizer(String name) {
        return biasRegularizer(Regularizers.get(name));
    }

    /** What the bias is made to fulfil after each update; nothing by default. */
    default S biasConstraint(@Nullable Constraint constraint) {
        biasSettings().constraint = constraint;
        return me();
    }

    /** What the bias is made to fulfil, by Keras name. */
    default S biasConstraint(String name) {
        return biasConstraint(Constraints.get(name));
    }
}
