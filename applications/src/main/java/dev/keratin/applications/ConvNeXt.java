package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.layerNormalization;
import static dev.keratin.layers.Layers.normalization;
import static dev.keratin.models.Models.sequential;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.layers.LayerNormalization;

/**
 * ConvNeXt: residual blocks of a convolution 7x7 of each channel on its own and two dense layers. The names of its layers
 * begin with that of the model.
 *
 * <p>Images are numbers from 0 to 255; without {@link #includePreprocessing}, of mean 0 and variance 1 over ImageNet.
 *
 * @see <a href="https://arxiv.org/abs/2201.03545">Liu et al., 2022</a>
 */
public final class ConvNeXt extends PixelApplication<ConvNeXt> {
    private static final double[] MEAN = {0.485 * 255, 0.456 * 255, 0.406 * 255};
    private static final double[] DEVIATION = {0.229 * 255, 0.224 * 255, 0.225 * 255};
    private static final double EPSILON = 1e-6;
    private static final double FIRST_SCALE = 1e-6;

    private final int width;
    private final int[] blocks;

    /**
     * @param width channels of the first stage; each stage has twice as many as that before
     * @param blocks in each of the four stages
     */
    ConvNeXt(String name, int width, int... blocks) {
        super(name, new InputSize(224, 32), PoolingNames.NEVER);
        this.width = width;
        this.blocks = blocks;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = includePreprocessing() && image.shape().dim(-1) == 3 ? prepared(image) : image;
        for (int stage = 0; stage < blocks.length; stage++) {
            int channels = width << stage;
            x = stage == 0 ? stem(x) : halved(x, channels, stage - 1);
            for (int block = 0; block < blocks[stage]; block++) {
                x = block(x, channels, modelName() + "_stage_" + stage + "_block_" + block);
            }
        }
        return x;
    }

    private Tensor prepared(Tensor image) {
        double[] variance = new double[DEVIATION.length];
        for (int i = 0; i < variance.length; i++) {
            variance[i] = DEVIATION[i] * DEVIATION[i];
        }
        return normalization().meanAndVariance(MEAN, variance).name(modelName() + "_prestem_normalization").apply(image);
    }

    private Tensor stem(Tensor x) {
        var stem = sequential(conv2d(width, 4).strides(4).name(modelName() + "_stem_conv"),
                normalized(modelName() + "_stem_layernorm"));
        stem.setName(modelName() + "_stem");
        return stem.apply(x);
    }

    private Tensor halved(Tensor x, int channels, int number) {
        String prefix = modelName() + "_downsampling_";
        var block = sequential(normalized(prefix + "layernorm_" + number),
                conv2d(channels, 2).strides(2).name(prefix + "conv_" + number));
        block.setName(prefix + "block_" + number);
        return block.apply(x);
    }

    private static Tensor block(Tensor input, int channels, String name) {
        Tensor x = conv2d(channels, 7).padding("same").groups(channels).name(name + "_depthwise_conv").apply(input);
        x = normalized(name + "_layernorm").apply(x);
        x = dense(4 * channels).name(name + "_pointwise_conv_1").apply(x);
        x = activation("gelu").name(name + "_gelu").apply(x);
        x = dense(channels).name(name + "_pointwise_conv_2").apply(x);
        x = new LayerScale(FIRST_SCALE, channels).name(name + "_layer_scale").apply(x);
        return Ops.add(input, activation("linear").name(name + "_identity").apply(x));
    }

    private static LayerNormalization normalized(String name) {
        return layerNormalization().epsilon(EPSILON).name(name);
    }

    @Override
    Tensor top(Tensor features) {
        String prefix = modelName() + "_head_";
        Tensor x = globalAveragePooling2d().name(prefix + "gap").apply(features);
        return classifier(prefix + "dense").apply(normalized(prefix + "layernorm").apply(x));
    }

    @Override
    Tensor pooled(Tensor features) {
        return layerNormalization().epsilon(EPSILON).apply(super.pooled(features));
    }
}
