package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of pooling. */
abstract class PoolingLayers extends ConvolutionLayers {
    PoolingLayers() {}

    static void registerPooling(Registry<Layer> registry) {
        registry.register(MaxPooling1D::from, "MaxPooling1D", "MaxPool1D");
        registry.register(MaxPooling2D::from, "MaxPooling2D", "MaxPool2D");
        registry.register(MaxPooling3D::from, "MaxPooling3D", "MaxPool3D");
        registry.register(AveragePooling1D::from, "AveragePooling1D", "AvgPool1D");
        registry.register(AveragePooling2D::from, "AveragePooling2D", "AvgPool2D");
        registry.register(AveragePooling3D::from, "AveragePooling3D", "AvgPool3D");
        registry.register(GlobalMaxPooling1D::from, "GlobalMaxPooling1D", "GlobalMaxPool1D");
        registry.register(GlobalMaxPooling2D::from, "GlobalMaxPooling2D", "GlobalMaxPool2D");
        registry.register(GlobalMaxPooling3D::from, "GlobalMaxPooling3D", "GlobalMaxPool3D");
        registry.register(GlobalAveragePooling1D::from, "GlobalAveragePooling1D", "GlobalAvgPool1D");
        registry.register(GlobalAveragePooling2D::from, "GlobalAveragePooling2D", "GlobalAvgPool2D");
        registry.register(GlobalAveragePooling3D::from, "GlobalAveragePooling3D", "GlobalAvgPool3D");
        registry.register(AdaptiveMaxPooling1D::from, "AdaptiveMaxPooling1D");
        registry.register(AdaptiveMaxPooling2D::from, "AdaptiveMaxPooling2D");
        registry.register(AdaptiveMaxPooling3D::from, "AdaptiveMaxPooling3D");
        registry.register(AdaptiveAveragePooling1D::from, "AdaptiveAveragePooling1D");
        registry.register(AdaptiveAveragePooling2D::from, "AdaptiveAveragePooling2D");
        registry.register(AdaptiveAveragePooling3D::from, "AdaptiveAveragePooling3D");
    }

    /** {@link MaxPooling1D}. */
    public static MaxPooling1D maxPooling1d(int... poolSize) {
        return new MaxPooling1D(poolSize);
    }

    /** {@link MaxPooling2D}. */
    public static MaxPooling2D maxPooling2d(int... poolSize) {
        return new MaxPooling2D(poolSize);
    }

    /** {@link MaxPooling3D}. */
    public static MaxPooling3D maxPooling3d(int... poolSize) {
        return new MaxPooling3D(poolSize);
    }

    /** {@link AveragePooling1D}. */
    public static AveragePooling1D averagePooling1d(int... poolSize) {
        return new AveragePooling1D(poolSize);
    }

    /** {@link AveragePooling2D}. */
    public static AveragePooling2D averagePooling2d(int... poolSize) {
        return new AveragePooling2D(poolSize);
    }

    /** {@link AveragePooling3D}. */
    public static AveragePooling3D averagePooling3d(int... poolSize) {
        return new AveragePooling3D(poolSize);
    }

    /** {@link GlobalMaxPooling1D}. */
    public static GlobalMaxPooling1D globalMaxPooling1d() {
        return new GlobalMaxPooling1D();
    }

    /** {@link GlobalMaxPooling2D}. */
    public static GlobalMaxPooling2D globalMaxPooling2d() {
        return new GlobalMaxPooling2D();
    }

    /** {@link GlobalMaxPooling3D}. */
    public static GlobalMaxPooling3D globalMaxPooling3d() {
        return new GlobalMaxPooling3D();
    }

    /** {@link GlobalAveragePooling1D}. */
    public static GlobalAveragePooling1D globalAveragePooling1d() {
        return new GlobalAveragePooling1D();
    }

    /** {@link GlobalAveragePooling2D}. */
    public static GlobalAveragePooling2D globalAveragePooling2d() {
        return new GlobalAveragePooling2D();
    }

    /** {@link GlobalAveragePooling3D}. */
    public static GlobalAveragePooling3D globalAveragePooling3d() {
        return new GlobalAveragePooling3D();
    }

    /** {@link AdaptiveMaxPooling1D}. */
    public static AdaptiveMaxPooling1D adaptiveMaxPooling1d(int... outputSize) {
        return new AdaptiveMaxPooling1D(outputSize);
    }

    /** {@link AdaptiveMaxPooling2D}. */
    public static AdaptiveMaxPooling2D adaptiveMaxPooling2d(int... outputSize) {
        return new AdaptiveMaxPooling2D(outputSize);
    }

    /** {@link AdaptiveMaxPooling3D}. */
    public static AdaptiveMaxPooling3D adaptiveMaxPooling3d(int... outputSize) {
        return new AdaptiveMaxPooling3D(outputSize);
    }

    /** {@link AdaptiveAveragePooling1D}. */
    public static AdaptiveAveragePooling1D adaptiveAveragePooling1d(int... outputSize) {
        return new AdaptiveAveragePooling1D(outputSize);
    }

    /** {@link AdaptiveAveragePooling2D}. */
    public static AdaptiveAveragePooling2D adaptiveAveragePooling2d(int... outputSize) {
        return new AdaptiveAveragePooling2D(outputSize);
    }

    /** {@link AdaptiveAveragePooling3D}. */
    public static AdaptiveAveragePooling3D adaptiveAveragePooling3d(int... outputSize) {
        return new AdaptiveAveragePooling3D(outputSize);
    }
}
