package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of preprocessing. */
abstract class PreprocessingLayers extends AttentionLayers {
    PreprocessingLayers() {}

    static void registerPreprocessing(Registry<Layer> registry) {}
}
