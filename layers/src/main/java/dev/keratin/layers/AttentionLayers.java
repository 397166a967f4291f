package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of attention. */
abstract class AttentionLayers extends RecurrentLayers {
    AttentionLayers() {}

    static void registerAttention(Registry<Layer> registry) {}
}
