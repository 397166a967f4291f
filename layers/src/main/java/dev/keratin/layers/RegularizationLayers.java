package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of dropout and noise. */
abstract class RegularizationLayers extends NormalizationLayers {
    RegularizationLayers() {}

    static void registerRegularization(Registry<Layer> registry) {
        registry.register(Dropout::from, "Dropout");
    }

    /** {@link Dropout}. */
    public static Dropout dropout(double rate) {
        return new Dropout(rate);
    }
}
