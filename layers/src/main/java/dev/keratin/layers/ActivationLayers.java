package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of activation functions as layers. */
abstract class ActivationLayers extends CoreLayers {
    ActivationLayers() {}

    static void registerActivation(Registry<Layer> registry) {}
}
