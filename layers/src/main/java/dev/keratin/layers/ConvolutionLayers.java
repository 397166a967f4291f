package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of convolutions. */
abstract class ConvolutionLayers extends ActivationLayers {
    ConvolutionLayers() {}

    static void registerConvolution(Registry<Layer> registry) {
        registry.register(Conv1D::from, "Conv1D", "Convolution1D");
        registry.register(Conv2D::from, "Conv2D", "Convolution2D");
        registry.register(Conv3D::from, "Conv3D", "Convolution3D");
        registry.register(Conv1DTranspose::from, "Conv1DTranspose", "Convolution1DTranspose");
        registry.register(Conv2DTranspose::from, "Conv2DTranspose", "Convolution2DTranspose");
        registry.register(Conv3DTranspose::from, "Conv3DTranspose", "Convolution3DTranspose");
        registry.register(DepthwiseConv1D::from, "DepthwiseConv1D");
        registry.register(DepthwiseConv2D::from, "DepthwiseConv2D");
        registry.register(SeparableConv1D::from, "SeparableConv1D", "SeparableConvolution1D");
        registry.register(SeparableConv2D::from, "SeparableConv2D", "SeparableConvolution2D");
    }

    /** {@link Conv1D}. */
    public static Conv1D conv1d(int filters, int... kernelSize) {
        return new Conv1D(filters, kernelSize);
    }

    /** {@link Conv2D}. */
    public static Conv2D conv2d(int filters, int... kernelSize) {
        return new Conv2D(filters, kernelSize);
    }

    /** {@link Conv3D}. */
    public static Conv3D conv3d(int filters, int... kernelSize) {
        return new Conv3D(filters, kernelSize);
    }

    /** {@link Conv1DTranspose}. */
    public static Conv1DTranspose conv1dTranspose(int filters, int... kernelSize) {
        return new Conv1DTranspose(filters, kernelSize);
    }

    /** {@link Conv2DTranspose}. */
    public static Conv2DTranspose conv2dTranspose(int filters, int... kernelSize) {
        return new Conv2DTranspose(filters, kernelSize);
    }

    /** {@link Conv3DTranspose}. */
    public static Conv3DTranspose conv3dTranspose(int filters, int... kernelSize) {
        return new Conv3DTranspose(filters, kernelSize);
    }

    /** {@link DepthwiseConv1D}. */
    public static DepthwiseConv1D depthwiseConv1d(int... kernelSize) {
        return new DepthwiseConv1D(kernelSize);
    }

    /** {@link DepthwiseConv2D}. */
    public static DepthwiseConv2D depthwiseConv2d(int... kernelSize) {
        return new DepthwiseConv2D(kernelSize);
    }

    /** {@link SeparableConv1D}. */
    public static SeparableConv1D separableConv1d(int filters, int... kernelSize) {
        return new SeparableConv1D(filters, kernelSize);
    }

    /** {@link SeparableConv2D}. */
    public static SeparableConv2D separableConv2d(int filters, int... kernelSize) {
        return new SeparableConv2D(filters, kernelSize);
    }
}
