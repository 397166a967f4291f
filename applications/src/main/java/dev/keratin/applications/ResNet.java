package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;

/**
 * ResNet, version 1: four stages of bottleneck blocks, each a residual of convolutions 1x1, 3x3 and 1x1; the first
 * convolution of a stage has the stride.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al., 2015</a>
 */
public final class ResNet extends Application<ResNet> {
    private static final int[] FILTERS = {64, 128, 256, 512};
    private static final double EPSILON = 1.001e-5;

    private final int[] blocks;

    /** @param blocks in each of the four stages */
    ResNet(String name, int... blocks) {
        super(name, new InputSize(224, 32));
        this.blocks = blocks;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.CAFFE;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = zeroPadding2d(3).name("conv1_pad").apply(image);
        x = conv2d(64, 7).strides(2).name("conv1_conv").apply(x);
        x = activated(x, "conv1");
        x = zeroPadding2d(1).name("pool1_pad").apply(x);
        x = maxPooling2d(3).strides(2).name("pool1_pool").apply(x);
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int block = 1; block <= blocks[stage]; block++) {
                String prefix = "conv" + (stage + 2) + "_block" + block;
                x = block == 1 ? firstBlock(x, FILTERS[stage], stage == 0 ? 1 : 2, prefix)
                        : residual(x, x, FILTERS[stage], 1, prefix);
            }
        }
        return x;
    }

    private static Tensor firstBlock(Tensor x, int filters, int strides, String name) {
        Tensor shortcut = normalized(conv2d(4 * filters, 1).strides(strides).name(name + "_0_conv").apply(x), name + "_0");
        return residual(x, shortcut, filters, strides, name);
    }

    private static Tensor residual(Tensor input, Tensor shortcut, int filters, int strides, String name) {
        Tensor x = conv2d(filters, 1).strides(strides).name(name + "_1_conv").apply(input);
        x = activated(x, name + "_1");
        x = conv2d(filters, 3).padding("same").name(name + "_2_conv").apply(x);
        x = activated(x, name + "_2");
        x = conv2d(4 * filters, 1).name(name + "_3_conv").apply(x);
        x = normalized(x, name + "_3");
        x = add().name(name + "_add").apply(shortcut, x);
        return activation("relu").name(name + "_out").apply(x);
    }

    private static Tensor activated(Tensor x, String name) {
        return activation("relu").name(name + "_relu").apply(normalized(x, name));
    }

    private static Tensor normalized(Tensor x, String name) {
        return batchNormalization().epsilon(EPSILON).name(name + "_bn").apply(x);
    }
}
