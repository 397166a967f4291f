package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of layers that move elements. */
abstract class ReshapingLayers extends RegularizationLayers {
    ReshapingLayers() {}

    static void registerReshaping(Registry<Layer> registry) {}
}
