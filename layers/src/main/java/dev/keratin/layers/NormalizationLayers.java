package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of normalization. */
abstract class NormalizationLayers extends PoolingLayers {
    NormalizationLayers() {}

    static void registerNormalization(Registry<Layer> registry) {
        registry.register(BatchNormalization::from, "BatchNormalization");
        registry.register(LayerNormalization::from, "LayerNormalization");
        registry.register(GroupNormalization::from, "GroupNormalization");
        registry.register(RMSNormalization::from, "RMSNormalization");
        registry.register(UnitNormalization::from, "UnitNormalization");
        registry.register(SpectralNormalization::from, "SpectralNormalization");
    }

    /** {@link BatchNormalization}. */
    public static BatchNormalization batchNormalization() {
        return new BatchNormalization();
    }

    /** {@link LayerNormalization}. */
    public static LayerNormalization layerNormalization() {
        return new LayerNormalization();
    }

    /** {@link GroupNormalization} with 32 groups. */
    public static GroupNormalization groupNormalization() {
        return new GroupNormalization();
    }

    /** {@link GroupNormalization}. */
    public static GroupNormalization groupNormalization(int groups) {
        return new GroupNormalization(groups);
    }

    /** {@link RMSNormalization}. */
    public static RMSNormalization rmsNormalization() {
        return new RMSNormalization();
    }

    /** {@link UnitNormalization}. */
    public static UnitNormalization unitNormalization() {
        return new UnitNormalization();
    }

    /** {@link SpectralNormalization}. */
    public static SpectralNormalization spectralNormalization(Layer layer) {
        return new SpectralNormalization(layer);
    }
}
