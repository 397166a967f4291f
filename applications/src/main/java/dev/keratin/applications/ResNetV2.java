package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;

/**
 * ResNet, version 2: normalization and activation come before the convolutions of a block, and the last block of a stage
 * has the stride.
 *
 * @see <a href="https://arxiv.org/abs/1603.05027">He et al., 2016</a>
 */
public final class ResNetV2 extends Application<ResNetV2> {
    private static final int[] FILTERS = {64, 128, 256, 512};
    private static final double EPSILON = 1.001e-5;

    private final int[] blocks;

    /** @param blocks in each of the four stages */
    ResNetV2(String name, int... blocks) {
        super(name, new InputSize(224, 32));
        this.blocks = blocks;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = zeroPadding2d(3).name("conv1_pad").apply(image);
        x = conv2d(64, 7).strides(2).name("conv1_conv").apply(x);
        x = zeroPadding2d(1).name("pool1_pad").apply(x);
        x = maxPooling2d(3).strides(2).name("pool1_pool").apply(x);
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int block = 1; block <= blocks[stage]; block++) {
                int strides = block == blocks[stage] && stage < blocks.length - 1 ? 2 : 1;
                x = block(x, FILTERS[stage], strides, "conv" + (stage + 2) + "_block" + block, block == 1);
            }
        }
        return activated(x, "post");
    }

    private static Tensor block(Tensor input, int filters, int strides, String name, boolean convolvesShortcut) {
        Tensor before = activated(input, name + "_preact");
        Tensor shortcut = convolvesShortcut ? conv2d(4 * filters, 1).strides(strides).name(name + "_0_conv").apply(before)
                : strides > 1 ? maxPooling2d(1).strides(strides).apply(input) : input;
        Tensor x = conv2d(filters, 1).useBias(false).name(name + "_1_conv").apply(before);
        x = zeroPadding2d(1).name(name + "_2_pad").apply(activated(x, name + "_1"));
        x = conv2d(filters, 3).strides(strides).useBias(false).name(name + "_2_conv").apply(x);
        x = conv2d(4 * filters, 1).name(name + "_3_conv").apply(activated(x, name + "_2"));
        return add().name(name + "_out").apply(shortcut, x);
    }

    private static Tensor activated(Tensor x, String name) {
        Tensor normalized = batchNormalization().epsilon(EPSILON).name(name + "_bn").apply(x);
        return activation("relu").name(name + "_relu").apply(normalized);
    }
}
