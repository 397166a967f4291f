package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of layers with several inputs. */
abstract class MergingLayers extends ReshapingLayers {
    MergingLayers() {}

    static void registerMerging(Registry<Layer> registry) {}
}
