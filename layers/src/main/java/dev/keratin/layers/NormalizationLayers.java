package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of normalization. */
abstract class NormalizationLayers extends PoolingLayers {
    NormalizationLayers() {}

    static void registerNormalization(Registry<Layer> registry) {}
}
