package dev.keratin.layers;

import dev.keratin.activations.Activations;
import dev.keratin.config.Registry;

/** Factories of activation functions as layers. */
abstract class ActivationLayers extends CoreLayers {
    ActivationLayers() {}

    static void registerActivation(Registry<Layer> registry) {
        registry.register(Activation::from, "Activation");
        registry.register(ReLU::from, "ReLU");
        registry.register(LeakyReLU::from, "LeakyReLU");
        registry.register(PReLU::from, "PReLU");
        registry.register(ELU::from, "ELU");
        registry.register(Softmax::from, "Softmax");
    }

    /** {@link Activation} by Keras name, such as {@code "relu"}. */
    public static Activation activation(String name) {
        return new Activation(Activations.get(name));
    }

    /** {@link Activation} of any function. */
    public static Activation activation(dev.keratin.activations.Activation function) {
        return new Activation(function);
    }

    /** {@link ReLU}. */
    public static ReLU relu() {
        return new ReLU();
    }

    /** {@link LeakyReLU} with slope 0.3. */
    public static LeakyReLU leakyReLU() {
        return new LeakyReLU();
    }

    /** {@link LeakyReLU}. */
    public static LeakyReLU leakyReLU(double negativeSlope) {
        return new LeakyReLU(negativeSlope);
    }

    /** {@link PReLU}. */
    public static PReLU prelu() {
        return new PReLU();
    }

    /** {@link ELU} with alpha 1. */
    public static ELU elu() {
        return new ELU();
    }

    /** {@link ELU}. */
    public static ELU elu(double alpha) {
        return new ELU(alpha);
    }

    /** {@link Softmax} along the last axis. */
    public static Softmax softmax() {
        return new Softmax();
    }

    /** {@link Softmax}. */
    public static Softmax softmax(int... axis) {
        return new Softmax(axis);
    }
}
