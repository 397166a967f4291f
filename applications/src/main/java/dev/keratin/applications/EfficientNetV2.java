package dev.keratin.applications;

import static dev.keratin.layers.Layers.depthwiseConv2d;
import static dev.keratin.layers.Layers.normalization;
import static dev.keratin.layers.Layers.rescaling;

import dev.keratin.Tensor;

/**
 * EfficientNet, version 2: the early blocks filter and widen with a single convolution.
 *
 * <p>Images are numbers from 0 to 255; from -1 to 1 without {@link #includePreprocessing}.
 *
 * @see <a href="https://arxiv.org/abs/2104.00298">Tan and Le, 2021</a>
 */
public final class EfficientNetV2 extends PixelApplication<EfficientNetV2> {
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] VARIANCE = {0.229 * 0.229, 0.224 * 0.224, 0.225 * 0.225};
    private static final EfficientLayers LAYERS = new EfficientLayers(0.9);

    private final EfficientNetV2Scale scale;

    EfficientNetV2(String name, EfficientNetV2Scale scale) {
        super(name, new InputSize(scale.size(), 32), PoolingNames.ALWAYS);
        this.scale = scale;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = includePreprocessing() ? prepared(image) : image;
        x = EfficientLayers.convolution(scale.stemFilters(), 3, "stem_conv").strides(2).useBias(false).apply(x);
        x = EfficientLayers.activated(LAYERS.normalized(x, "stem_"), "stem_");
        double all = scale.blocksAtDepth1();
        int before = 0;
        for (int i = 0; i < scale.stages().size(); i++) {
            EfficientNetV2Scale.Stage stage = scale.stages().get(i);
            for (int j = 0; j < scale.repeats(stage); j++) {
                int strides = j == 0 ? stage.strides() : 1;
                x = block(x, stage, strides, before++ / all, "block" + (i + 1) + (char) ('a' + j) + "_");
            }
        }
        return EfficientLayers.activated(LAYERS.pointwise(x, scale.filters(1280), "top_"), "top_");
    }

    private Tensor prepared(Tensor image) {
        if (scale.normalizes() && image.shape().dim(-1) == 3) {
            return normalization(3).meanAndVariance(MEAN, VARIANCE).apply(rescaling(1.0 / 255).apply(image));
        }
        return rescaling(1.0 / 128).offset(-1).apply(image);
    }

    @Override
    Tensor top(Tensor features) {
        return EfficientLayers.top(this, features, 0.2);
    }

    private Tensor block(Tensor input, EfficientNetV2Scale.Stage stage, int strides, double before, String prefix) {
        int channels = (int) input.shape().dim(-1);
        int filters = scale.filters(stage.filters());
        Tensor x = stage.fused() ? fused(input, stage, strides, prefix) : filtered(input, stage, strides, prefix);
        return strides == 1 && channels == filters ? EfficientLayers.residual(x, input, before, prefix) : x;
    }

    /** A convolution that filters and widens, if it widens, and one that narrows. */
    private Tensor fused(Tensor input, EfficientNetV2Scale.Stage stage, int strides, String prefix) {
        int filters = scale.filters(stage.filters());
        if (stage.expansion() == 1) {
            return EfficientLayers.activated(convolved(input, filters, strides, prefix + "project_"), prefix + "project_");
        }
        int width = stage.expansion() * (int) input.shape().dim(-1);
        Tensor x = EfficientLayers.activated(convolved(input, width, strides, prefix + "expand_"), prefix + "expand_");
        return LAYERS.pointwise(x, filters, prefix + "project_");
    }

    private static Tensor convolved(Tensor x, int filters, int strides, String prefix) {
        Tensor y = EfficientLayers.convolution(filters, 3, prefix + "conv").strides(strides).useBias(false).apply(x);
        return LAYERS.normalized(y, prefix);
    }

    private Tensor filtered(Tensor input, EfficientNetV2Scale.Stage stage, int strides, String prefix) {
        int channels = (int) input.shape().dim(-1);
        Tensor x = LAYERS.pointwise(input, stage.expansion() * channels, prefix + "expand_");
        x = depthwiseConv2d(3).strides(strides).padding("same").useBias(false).depthwiseInitializer(EfficientLayers.kernels())
                .name(prefix + "dwconv2").apply(EfficientLayers.activated(x, prefix + "expand_"));
        x = EfficientLayers.excited(EfficientLayers.activated(LAYERS.normalized(x, prefix), prefix), channels, prefix);
        return LAYERS.pointwise(x, scale.filters(stage.filters()), prefix + "project_");
    }
}
