package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.averagePooling2d;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;

/**
 * DenseNet: each block adds 32 channels to what it got; between the four stages channels, height and width are halved.
 *
 * @see <a href="https://arxiv.org/abs/1608.06993">Huang et al., 2016</a>
 */
public final class DenseNet extends Application<DenseNet> {
    private static final int GROWTH = 32;
    private static final double EPSILON = 1.001e-5;

    private final int[] blocks;

    /** @param blocks in each of the four stages */
    DenseNet(String name, int... blocks) {
        super(name, new InputSize(224, 32));
        this.blocks = blocks;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TORCH;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = zeroPadding2d(3).apply(image);
        x = conv2d(64, 7).strides(2).useBias(false).name("conv1_conv").apply(x);
        x = zeroPadding2d(1).apply(activated(x, "conv1_bn", "conv1_relu"));
        x = maxPooling2d(3).strides(2).name("pool1").apply(x);
        for (int stage = 0; stage < blocks.length; stage++) {
            x = stage == 0 ? x : transition(x, "pool" + (stage + 1));
            for (int block = 1; block <= blocks[stage]; block++) {
                x = block(x, "conv" + (stage + 2) + "_block" + block);
            }
        }
        return activated(x, "bn", "relu");
    }

    private static Tensor transition(Tensor input, String name) {
        Tensor x = activated(input, name + "_bn", name + "_relu");
        x = conv2d((int) input.shape().dim(-1) / 2, 1).useBias(false).name(name + "_conv").apply(x);
        return averagePooling2d(2).strides(2).name(name + "_pool").apply(x);
    }

    private static Tensor block(Tensor input, String name) {
        Tensor x = activated(input, name + "_0_bn", name + "_0_relu");
        x = conv2d(4 * GROWTH, 1).useBias(false).name(name + "_1_conv").apply(x);
        x = activated(x, name + "_1_bn", name + "_1_relu");
        x = conv2d(GROWTH, 3).padding("same").useBias(false).name(name + "_2_conv").apply(x);
        return concatenate(3).name(name + "_concat").apply(input, x);
    }

    private static Tensor activated(Tensor x, String normalization, String activation) {
        return activation("relu").name(activation)
                .apply(batchNormalization().epsilon(EPSILON).name(normalization).apply(x));
    }
}
