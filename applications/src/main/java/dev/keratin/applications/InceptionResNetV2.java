package dev.keratin.applications;

import static dev.keratin.applications.Inception.branch;
import static dev.keratin.applications.Inception.halved;
import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.conv2d;

import dev.keratin.Tensor;
import dev.keratin.applications.Inception.Step;

/**
 * Inception-ResNet, version 2: the branches of a block together are a residual, scaled down.
 *
 * @see <a href="https://arxiv.org/abs/1602.07261">Szegedy et al., 2016</a>
 */
public final class InceptionResNetV2 extends Application<InceptionResNetV2> {
    InceptionResNetV2() {
        super("inception_resnet_v2", new InputSize(299, 75), PoolingNames.WITH_TOP);
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = Inception.first(Inception.stem(image), 96, 64, "mixed_5b");
        for (int i = 1; i <= 10; i++) {
            x = activated(small(x, "block35_" + i), "block35_" + i);
        }
        x = concatenate(3).name("mixed_6a").apply(branch(x, Step.halving(384)),
                branch(x, Step.of(256, 1), Step.of(256, 3), Step.halving(384)), halved(x));
        for (int i = 1; i <= 20; i++) {
            Tensor seven = split(x, "block17_" + i, Step.of(128, 1), Step.of(160, 1, 7), Step.of(192, 7, 1));
            x = activated(residual(x, seven, 0.1, "block17_" + i), "block17_" + i);
        }
        x = concatenate(3).name("mixed_7a").apply(branch(x, Step.of(256, 1), Step.halving(384)),
                branch(x, Step.of(256, 1), Step.halving(288)),
                branch(x, Step.of(256, 1), Step.of(288, 3), Step.halving(320)), halved(x));
        for (int i = 1; i <= 10; i++) {
            Tensor three = split(x, "block8_" + i, Step.of(192, 1), Step.of(224, 1, 3), Step.of(256, 3, 1));
            x = residual(x, three, i < 10 ? 0.2 : 1, "block8_" + i);
            x = i < 10 ? activated(x, "block8_" + i) : x;
        }
        x = conv2d(1536, 1).padding("same").useBias(false).name("conv_7b").apply(x);
        return activated(batchNormalization().scale(false).name("conv_7b_bn").apply(x), "conv_7b");
    }

    private static Tensor small(Tensor x, String name) {
        Tensor one = branch(x, Step.of(32, 1));
        Tensor three = branch(x, Step.of(32, 1), Step.of(32, 3));
        Tensor twice = branch(x, Step.of(32, 1), Step.of(48, 3), Step.of(64, 3));
        return residual(x, concatenate(3).name(name + "_mixed").apply(one, three, twice), 0.17, name);
    }

    /** A branch of the given steps beside a convolution 1x1. */
    private static Tensor split(Tensor x, String name, Step... steps) {
        Tensor one = branch(x, Step.of(192, 1));
        return concatenate(3).name(name + "_mixed").apply(one, branch(x, steps));
    }

    private static Tensor residual(Tensor input, Tensor mixed, double scale, String name) {
        int channels = (int) input.shape().dim(-1);
        Tensor up = conv2d(channels, 1).padding("same").name(name + "_conv").apply(mixed);
        return new CustomScaleLayer(scale).apply(input, up);
    }

    private static Tensor activated(Tensor x, String name) {
        return activation("relu").name(name + "_ac").apply(x);
    }
}
