package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of convolutions. */
abstract class ConvolutionLayers extends ActivationLayers {
    ConvolutionLayers() {}

    static void registerConvolution(Registry<Layer> registry) {}
}
