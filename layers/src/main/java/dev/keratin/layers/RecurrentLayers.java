package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of recurrent layers and their wrappers. */
abstract class RecurrentLayers extends MergingLayers {
    RecurrentLayers() {}

    static void registerRecurrent(Registry<Layer> registry) {}
}
