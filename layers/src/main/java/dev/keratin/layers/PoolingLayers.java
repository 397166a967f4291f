package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of pooling. */
abstract class PoolingLayers extends ConvolutionLayers {
    PoolingLayers() {}

    static void registerPooling(Registry<Layer> registry) {}
}
