package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.multiply;
import static dev.keratin.layers.Layers.reshape;

import dev.keratin.Tensor;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.VarianceScaling;
import dev.keratin.layers.Conv2D;

/**
 * What both versions of EfficientNet are made of.
 *
 * @param momentum of the moving means and variances
 */
record EfficientLayers(double momentum) {
    private static final double SQUEEZE = 0.25;
    private static final double MOST_DROPPED = 0.2;

    static Initializer kernels() {
        return new VarianceScaling(2, "fan_out", "truncated_normal");
    }

    /** A convolution with "same" padding. */
    static Conv2D convolution(int filters, int kernel, String name) {
        return conv2d(filters, kernel).padding("same").kernelInitializer(kernels()).name(name);
    }

    /** A convolution 1x1 without bias, then normalization: {@code <prefix>conv} and {@code <prefix>bn}. */
    Tensor pointwise(Tensor x, int filters, String prefix) {
        return normalized(convolution(filters, 1, prefix + "conv").useBias(false).apply(x), prefix);
    }

    Tensor normalized(Tensor x, String prefix) {
        return batchNormalization().momentum(momentum).name(prefix + "bn").apply(x);
    }

    static Tensor activated(Tensor x, String prefix) {
        return activation("swish").name(prefix + "activation").apply(x);
    }

    /** Weighs the channels by what they are over the whole image, seen through a part of the block's input channels. */
    static Tensor excited(Tensor input, int blockChannels, String prefix) {
        int channels = (int) input.shape().dim(-1);
        Tensor x = globalAveragePooling2d().name(prefix + "se_squeeze").apply(input);
        x = reshape(1, 1, channels).name(prefix + "se_reshape").apply(x);
        int squeezed = Math.max(1, (int) (blockChannels * SQUEEZE));
        x = convolution(squeezed, 1, prefix + "se_reduce").activation("swish").apply(x);
        x = convolution(channels, 1, prefix + "se_expand").activation("sigmoid").apply(x);
        return multiply().name(prefix + "se_excite").apply(input, x);
    }

    /** The residual, left out for an image at the rate that grows with the part of the network before it. */
    static Tensor residual(Tensor x, Tensor input, double before, String prefix) {
        double rate = MOST_DROPPED * before;
        Tensor kept = rate > 0 ? dropout(rate).noiseShape(-1, 1, 1, 1).name(prefix + "drop").apply(x) : x;
        return add().name(prefix + "add").apply(kept, input);
    }

    /** The classifier. */
    static Tensor top(Application<?> application, Tensor features, double dropoutRate) {
        Tensor x = dropout(dropoutRate).name("top_dropout").apply(application.pool("avg", features));
        return application.classifier("predictions").kernelInitializer(new VarianceScaling(1.0 / 3, "fan_out", "uniform")).apply(x);
    }
}
