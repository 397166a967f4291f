package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.layers.Layers.separableConv2d;

import dev.keratin.Tensor;

/**
 * Xception: residual blocks of separable convolutions.
 *
 * @see <a href="https://arxiv.org/abs/1610.02357">Chollet, 2016</a>
 */
public final class Xception extends Application<Xception> {
    private static final int MIDDLE_FILTERS = 728;
    private static final int MIDDLE_BLOCKS = 8;

    Xception() {
        super("xception", new InputSize(299, 71), PoolingNames.WITH_TOP);
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = conv2d(32, 3).strides(2).useBias(false).name("block1_conv1").apply(image);
        x = activated(normalized(x, "block1_conv1"), "block1_conv1");
        x = conv2d(64, 3).useBias(false).name("block1_conv2").apply(x);
        x = activated(normalized(x, "block1_conv2"), "block1_conv2");
        Tensor shortcut = shortcut(x, 128);
        x = separable(x, 128, "block2_sepconv1");
        x = halved(separable(activated(x, "block2_sepconv2"), 128, "block2_sepconv2"), shortcut, "block2");
        x = narrowing(x, 256, 256, "block3");
        x = narrowing(x, MIDDLE_FILTERS, MIDDLE_FILTERS, "block4");
        for (int i = 0; i < MIDDLE_BLOCKS; i++) {
            x = middle(x, "block" + (i + 5));
        }
        x = narrowing(x, MIDDLE_FILTERS, 1024, "block13");
        x = activated(separable(x, 1536, "block14_sepconv1"), "block14_sepconv1");
        return activated(separable(x, 2048, "block14_sepconv2"), "block14_sepconv2");
    }

    private static Tensor narrowing(Tensor input, int first, int second, String name) {
        Tensor shortcut = shortcut(input, second);
        Tensor x = separable(activated(input, name + "_sepconv1"), first, name + "_sepconv1");
        x = separable(activated(x, name + "_sepconv2"), second, name + "_sepconv2");
        return halved(x, shortcut, name);
    }

    private static Tensor middle(Tensor input, String name) {
        Tensor x = input;
        for (int i = 1; i <= 3; i++) {
            x = separable(activated(x, name + "_sepconv" + i), MIDDLE_FILTERS, name + "_sepconv" + i);
        }
        return add().apply(x, input);
    }

    private static Tensor shortcut(Tensor x, int filters) {
        return batchNormalization().apply(conv2d(filters, 1).strides(2).padding("same").useBias(false).apply(x));
    }

    private static Tensor halved(Tensor x, Tensor shortcut, String name) {
        return add().apply(maxPooling2d(3).strides(2).padding("same").name(name + "_pool").apply(x), shortcut);
    }

    private static Tensor separable(Tensor x, int filters, String name) {
        return normalized(separableConv2d(filters, 3).padding("same").useBias(false).name(name).apply(x), name);
    }

    private static Tensor normalized(Tensor x, String name) {
        return batchNormalization().name(name + "_bn").apply(x);
    }

    private static Tensor activated(Tensor x, String name) {
        return activation("relu").name(name + "_act").apply(x);
    }
}
