package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of preprocessing. */
abstract class PreprocessingLayers extends AttentionLayers {
    PreprocessingLayers() {}

    static void registerPreprocessing(Registry<Layer> registry) {
        registry.register(Rescaling::from, "Rescaling");
        registry.register(Normalization::from, "Normalization");
    }

    /** {@link Rescaling}. */
    public static Rescaling rescaling(double... scale) {
        return new Rescaling(scale);
    }

    /** {@link Normalization}. */
    public static Normalization normalization() {
        return new Normalization();
    }

    /** {@link Normalization}. */
    public static Normalization normalization(int... axis) {
        return new Normalization(axis);
    }
}
