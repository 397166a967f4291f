package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of dropout and noise. */
abstract class RegularizationLayers extends NormalizationLayers {
    RegularizationLayers() {}

    static void registerRegularization(Registry<Layer> registry) {
        registry.register(Dropout::from, "Dropout");
        registry.register(SpatialDropout1D::from, "SpatialDropout1D");
        registry.register(SpatialDropout2D::from, "SpatialDropout2D");
        registry.register(SpatialDropout3D::from, "SpatialDropout3D");
        registry.register(GaussianDropout::from, "GaussianDropout");
        registry.register(GaussianNoise::from, "GaussianNoise");
        registry.register(AlphaDropout::from, "AlphaDropout");
        registry.register(ActivityRegularization::from, "ActivityRegularization");
    }

    /** {@link Dropout}. */
    public static Dropout dropout(double rate) {
        return new Dropout(rate);
    }

    /** {@link SpatialDropout1D}. */
    public static SpatialDropout1D spatialDropout1d(double rate) {
        return new SpatialDropout1D(rate);
    }

    /** {@link SpatialDropout2D}. */
    public static SpatialDropout2D spatialDropout2d(double rate) {
        return new SpatialDropout2D(rate);
    }

    /** {@link SpatialDropout3D}. */
    public static SpatialDropout3D spatialDropout3d(double rate) {
        return new SpatialDropout3D(rate);
    }

    /** {@link GaussianDropout}. */
    public static GaussianDropout gaussianDropout(double rate) {
        return new GaussianDropout(rate);
    }

    /** {@link GaussianNoise}. */
    public static GaussianNoise gaussianNoise(double stddev) {
        return new GaussianNoise(stddev);
    }

    /** {@link AlphaDropout}. */
    public static AlphaDropout alphaDropout(double rate) {
        return new AlphaDropout(rate);
    }

    /** {@link ActivityRegularization}. */
    public static ActivityRegularization activityRegularization(double l1, double l2) {
        return new ActivityRegularization(l1, l2);
    }
}
