package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of normalization. */
abstract class NormalizationLayers extends PoolingLayers {
    NormalizationLayers() {}

    static void registerNormalization(Registry<Layer> registry) {
        registry.register(BatchNormalization::from, "BatchNormalization");
        registry.register(LayerNormalization::from, "LayerNormalization");
    }

    /** {@link BatchNormalization}. */
    public static BatchNormalization batchNormalization() {
        return new BatchNormalization();
    }

    /** {@link LayerNormalization}. */
    public static LayerNormalization layerNormalization() {
        return new LayerNormalization();
    }
}
