package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of preprocessing and augmentation. */
abstract class PreprocessingLayers extends AttentionLayers {
    PreprocessingLayers() {}

    static void registerPreprocessing(Registry<Layer> registry) {
        registry.register(Rescaling::from, "Rescaling");
        registry.register(Normalization::from, "Normalization");
        registry.register(CategoryEncoding::from, "CategoryEncoding");
        registry.register(Resizing::from, "Resizing");
        registry.register(CenterCrop::from, "CenterCrop");
        registry.register(RandomFlip::from, "RandomFlip");
        registry.register(RandomRotation::from, "RandomRotation");
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

    /** {@link CategoryEncoding}. */
    public static CategoryEncoding categoryEncoding(int numTokens) {
        return new CategoryEncoding(numTokens);
    }

    /** {@link Resizing}. */
    public static Resizing resizing(int height, int width) {
        return new Resizing(height, width);
    }

    /** {@link CenterCrop}. */
    public static CenterCrop centerCrop(int height, int width) {
        return new CenterCrop(height, width);
    }

    /** {@link RandomFlip} along both axes. */
    public static RandomFlip randomFlip() {
        return new RandomFlip();
    }

    /** {@link RandomFlip}. */
    public static RandomFlip randomFlip(String mode) {
        return new RandomFlip(mode);
    }

    /** {@link RandomRotation} by up to a part of a full turn either way. */
    public static RandomRotation randomRotation(double factor) {
        return new RandomRotation(factor);
    }

    /** {@link RandomRotation}. */
    public static RandomRotation randomRotation(double lower, double upper) {
        return new RandomRotation(lower, upper);
    }
}
