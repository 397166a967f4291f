package dev.keratin.applications;

import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.depthwiseConv2d;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.multiply;
import static dev.keratin.layers.Layers.relu;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * An inverted residual block of {@link MobileNetV3}.
 *
 * @param expansion how many times as many channels it has inside; 1 for a block without a convolution before its window
 * @param filters output channels at width 1
 * @param kernel the window's length
 * @param excites whether it weighs its channels
 * @param swishes whether its activation is hard swish; otherwise ReLU
 */
record MobileNetV3Block(double expansion, int filters, int kernel, int strides, boolean excites, boolean swishes) {
    private static final double SQUEEZE = 0.25;

    /** The small network. */
    static MobileNetV3Block[] small() {
        MobileNetV3Block forty = new MobileNetV3Block(6, 40, 5, 1, true, true);
        MobileNetV3Block fortyEight = new MobileNetV3Block(3, 48, 5, 1, true, true);
        MobileNetV3Block ninetySix = new MobileNetV3Block(6, 96, 5, 1, true, true);
        return new MobileNetV3Block[] {
            new MobileNetV3Block(1, 16, 3, 2, true, false), plain(72.0 / 16, 24, 2, false), plain(88.0 / 24, 24, 1, false),
            new MobileNetV3Block(4, 40, 5, 2, true, true), forty, forty, fortyEight, fortyEight,
            new MobileNetV3Block(6, 96, 5, 2, true, true), ninetySix, ninetySix};
    }

    /** The large network. */
    static MobileNetV3Block[] large() {
        MobileNetV3Block forty = new MobileNetV3Block(3, 40, 5, 1, true, false);
        MobileNetV3Block hundredTwelve = new MobileNetV3Block(6, 112, 3, 1, true, true);
        MobileNetV3Block hundredSixty = new MobileNetV3Block(6, 160, 5, 1, true, true);
        return new MobileNetV3Block[] {
            plain(1, 16, 1, false), plain(4, 24, 2, false), plain(3, 24, 1, false),
            new MobileNetV3Block(3, 40, 5, 2, true, false), forty, forty,
            plain(6, 80, 2, true), plain(2.5, 80, 1, true), plain(2.3, 80, 1, true), plain(2.3, 80, 1, true),
            hundredTwelve, hundredTwelve, new MobileNetV3Block(6, 160, 5, 2, true, true), hundredSixty, hundredSixty};
    }

    private static MobileNetV3Block plain(double expansion, int filters, int strides, boolean swishes) {
        return new MobileNetV3Block(expansion, filters, 3, strides, false, swishes);
    }

    /** The same block with a window 3x3 and ReLU, that does not weigh its channels. */
    MobileNetV3Block minimalistic() {
        return plain(expansion, filters, strides, false);
    }

    Tensor apply(Tensor input, double alpha, String prefix) {
        int channels = (int) input.shape().dim(-1);
        int width = Widths.divisible(channels * expansion);
        Tensor x = expansion == 1 ? input : activated(convolved(input, width, prefix + "expand"));
        x = filtered(x, prefix);
        x = excites ? excited(x, width, prefix + "squeeze_excite_") : x;
        int narrow = Widths.divisible(filters * alpha);
        x = convolved(x, narrow, prefix + "project");
        return strides == 1 && channels == narrow ? add().name(prefix + "add").apply(input, x) : x;
    }

    private Tensor filtered(Tensor input, String prefix) {
        Tensor x = strides == 1 ? input
                : zeroPadding2d(Widths.paddingBeforeStride2(input, kernel)).name(prefix + "depthwise_pad").apply(input);
        x = depthwiseConv2d(kernel).strides(strides).padding(strides == 1 ? "same" : "valid").useBias(false)
                .name(prefix + "depthwise").apply(x);
        return activated(MobileNetV3.normalized(x, prefix + "depthwise_bn"));
    }

    private static Tensor excited(Tensor input, int width, String prefix) {
        Tensor x = globalAveragePooling2d().keepdims(true).name(prefix + "avg_pool").apply(input);
        x = conv2d(Widths.divisible(width * SQUEEZE), 1).padding("same").name(prefix + "conv").apply(x);
        x = relu().name(prefix + "relu").apply(x);
        x = conv2d(width, 1).padding("same").name(prefix + "conv_1").apply(x);
        x = Ops.multiply(relu().maxValue(6).apply(Ops.add(x, 3.0)), 1.0 / 6);
        return multiply().name(prefix + "mul").apply(input, x);
    }

    private static Tensor convolved(Tensor x, int filters, String name) {
        return MobileNetV3.normalized(conv2d(filters, 1).padding("same").useBias(false).name(name).apply(x), name + "_bn");
    }

    private Tensor activated(Tensor x) {
        return MobileNetV3.activated(x, swishes);
    }
}
