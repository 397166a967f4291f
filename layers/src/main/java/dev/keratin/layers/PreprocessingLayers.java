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
        registry.register(RandomTranslation::from, "RandomTranslation");
        registry.register(RandomZoom::from, "RandomZoom");
        registry.register(RandomBrightness::from, "RandomBrightness");
        registry.register(RandomContrast::from, "RandomContrast");
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

    /** {@link RandomTranslation} by up to parts of the height and the width either way. */
    public static RandomTranslation randomTranslation(double heightFactor, double widthFactor) {
        return new RandomTranslation(heightFactor, widthFactor);
    }

    /** {@link RandomTranslation}. */
    public static RandomTranslation randomTranslation(Factor heightFactor, Factor widthFactor) {
        return new RandomTranslation(heightFactor, widthFactor);
    }

    /** {@link RandomZoom} in or out that keeps the aspect ratio. */
    public static RandomZoom randomZoom(double factor) {
        return new RandomZoom(factor);
    }

    /** {@link RandomZoom} that keeps the aspect ratio. */
    public static RandomZoom randomZoom(Factor factor) {
        return new RandomZoom(factor);
    }

    /** {@link RandomZoom}. */
    public static RandomZoom randomZoom(Factor heightFactor, Factor widthFactor) {
        return new RandomZoom(heightFactor, widthFactor);
    }

    /** {@link RandomBrightness} by up to a part of the value range, brighter or darker. */
    public static RandomBrightness randomBrightness(double factor) {
        return new RandomBrightness(factor);
    }

    /** {@link RandomBrightness}. */
    public static RandomBrightness randomBrightness(double lower, double upper) {
        return new RandomBrightness(lower, upper);
    }

    /** {@link RandomContrast} that makes contrasts stronger. */
    public static RandomContrast randomContrast(double factor) {
        return new RandomContrast(factor);
    }

    /** {@link RandomContrast}. */
    public static RandomContrast randomContrast(double lower, double upper) {
        return new RandomContrast(lower, upper);
    }
}
