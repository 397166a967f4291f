package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of layers that move elements. */
abstract class ReshapingLayers extends RegularizationLayers {
    ReshapingLayers() {}

    static void registerReshaping(Registry<Layer> registry) {
        registry.register(Flatten::from, "Flatten");
        registry.register(Reshape::from, "Reshape");
        registry.register(Permute::from, "Permute");
        registry.register(RepeatVector::from, "RepeatVector");
        registry.register(ZeroPadding1D::from, "ZeroPadding1D");
        registry.register(ZeroPadding2D::from, "ZeroPadding2D");
        registry.register(ZeroPadding3D::from, "ZeroPadding3D");
        registry.register(Cropping1D::from, "Cropping1D");
        registry.register(Cropping2D::from, "Cropping2D");
        registry.register(Cropping3D::from, "Cropping3D");
        registry.register(UpSampling1D::from, "UpSampling1D");
        registry.register(UpSampling2D::from, "UpSampling2D");
        registry.register(UpSampling3D::from, "UpSampling3D");
    }

    /** {@link Flatten}. */
    public static Flatten flatten() {
        return new Flatten();
    }

    /** {@link Reshape}. */
    public static Reshape reshape(long... targetShape) {
        return new Reshape(targetShape);
    }

    /** {@link Permute}. */
    public static Permute permute(int... dims) {
        return new Permute(dims);
    }

    /** {@link RepeatVector}. */
    public static RepeatVector repeatVector(int n) {
        return new RepeatVector(n);
    }

    /** {@link ZeroPadding1D}. */
    public static ZeroPadding1D zeroPadding1d(int... padding) {
        return new ZeroPadding1D(padding);
    }

    /** {@link ZeroPadding2D}. */
    public static ZeroPadding2D zeroPadding2d(int... padding) {
        return new ZeroPadding2D(padding);
    }

    /** {@link ZeroPadding2D} with lengths of their own before and after. */
    public static ZeroPadding2D zeroPadding2d(int[][] padding) {
        return new ZeroPadding2D(padding);
    }

    /** {@link ZeroPadding3D}. */
    public static ZeroPadding3D zeroPadding3d(int... padding) {
        return new ZeroPadding3D(padding);
    }

    /** {@link ZeroPadding3D} with lengths of their own before and after. */
    public static ZeroPadding3D zeroPadding3d(int[][] padding) {
        return new ZeroPadding3D(padding);
    }

    /** {@link Cropping1D}. */
    public static Cropping1D cropping1d(int... cropping) {
        return new Cropping1D(cropping);
    }

    /** {@link Cropping2D}. */
    public static Cropping2D cropping2d(int... cropping) {
        return new Cropping2D(cropping);
    }

    /** {@link Cropping2D} with lengths of their own before and after. */
    public static Cropping2D cropping2d(int[][] cropping) {
        return new Cropping2D(cropping);
    }

    /** {@link Cropping3D}. */
    public static Cropping3D cropping3d(int... cropping) {
        return new Cropping3D(cropping);
    }

    /** {@link Cropping3D} with lengths of their own before and after. */
    public static Cropping3D cropping3d(int[][] cropping) {
        return new Cropping3D(cropping);
    }

    /** {@link UpSampling1D}. */
    public static UpSampling1D upSampling1d(int... size) {
        return new UpSampling1D(size);
    }

    /** {@link UpSampling2D}. */
    public static UpSampling2D upSampling2d(int... size) {
        return new UpSampling2D(size);
    }

    /** {@link UpSampling3D}. */
    public static UpSampling3D upSampling3d(int... size) {
        return new UpSampling3D(size);
    }
}
