package dev.keratin.applications;

import static dev.keratin.layers.Layers.depthwiseConv2d;
import static dev.keratin.layers.Layers.normalization;
import static dev.keratin.layers.Layers.rescaling;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;
import java.util.Arrays;

/**
 * EfficientNet: inverted residual blocks that weigh their channels, made wider, deeper and for larger images together. Images
 * are numbers from 0 to 255. With {@code weights("imagenet")} a model has one layer more, which rescales them once more.
 *
 * @see <a href="https://arxiv.org/abs/1905.11946">Tan and Le, 2019</a>
 */
public final class EfficientNet extends Application<EfficientNet> {
    /** Of B0. */
    private static final Stage[] STAGES = {
        new Stage(3, 1, 16, 1, 1), new Stage(3, 2, 24, 6, 2), new Stage(5, 2, 40, 6, 2), new Stage(3, 3, 80, 6, 2),
        new Stage(5, 3, 112, 6, 1), new Stage(5, 4, 192, 6, 2), new Stage(3, 1, 320, 6, 1)};
    /** What Keras multiplies normalized pixels by for its published weights, and only for them. */
    private static final double[] DEVIATION_SCALE = {1 / Math.sqrt(0.229), 1 / Math.sqrt(0.224), 1 / Math.sqrt(0.225)};
    private static final EfficientLayers LAYERS = new EfficientLayers(0.99);

    private final double width;
    private final double depth;
    private final double dropoutRate;

    private record Stage(int kernel, int repeats, int filters, int expansion, int strides) {}

    /**
     * @param width by which every number of filters is multiplied
     * @param depth by which every number of blocks is multiplied
     */
    EfficientNet(String name, double width, double depth, int size, double dropoutRate) {
        super(name, new InputSize(size, 32));
        this.width = width;
        this.depth = depth;
        this.dropoutRate = dropoutRate;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.NONE;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = normalization(3).apply(rescaling(1.0 / 255).apply(image));
        x = isImageNet() ? rescaling(DEVIATION_SCALE).apply(x) : x;
        x = zeroPadding2d(Widths.paddingBeforeStride2(x, 3)).name("stem_conv_pad").apply(x);
        x = EfficientLayers.convolution(filters(32), 3, "stem_conv").strides(2).padding("valid").useBias(false).apply(x);
        x = EfficientLayers.activated(LAYERS.normalized(x, "stem_"), "stem_");
        double all = Arrays.stream(STAGES).mapToInt(this::repeats).sum();
        int before = 0;
        for (int i = 0; i < STAGES.length; i++) {
            for (int j = 0; j < repeats(STAGES[i]); j++) {
                x = block(x, STAGES[i], j == 0 ? STAGES[i].strides : 1, before++ / all, "block" + (i + 1) + (char) ('a' + j) + "_");
            }
        }
        return EfficientLayers.activated(LAYERS.pointwise(x, filters(1280), "top_"), "top_");
    }

    @Override
    Tensor top(Tensor features) {
        return EfficientLayers.top(this, features, dropoutRate);
    }

    private int filters(int standard) {
        return Widths.divisible(standard * width);
    }

    private int repeats(Stage stage) {
        return (int) Math.ceil(depth * stage.repeats);
    }

    private Tensor block(Tensor input, Stage stage, int strides, double before, String prefix) {
        int channels = (int) input.shape().dim(-1);
        Tensor x = input;
        if (stage.expansion > 1) {
            x = EfficientLayers.activated(LAYERS.pointwise(input, stage.expansion * channels, prefix + "expand_"), prefix + "expand_");
        }
        x = EfficientLayers.excited(filtered(x, stage.kernel, strides, prefix), channels, prefix);
        x = LAYERS.pointwise(x, filters(stage.filters), prefix + "project_");
        return strides == 1 && channels == filters(stage.filters) ? EfficientLayers.residual(x, input, before, prefix) : x;
    }

    private static Tensor filtered(Tensor input, int kernel, int strides, String prefix) {
        Tensor x = strides == 1 ? input
                : zeroPadding2d(Widths.paddingBeforeStride2(input, kernel)).name(prefix + "dwconv_pad").apply(input);
        x = depthwiseConv2d(kernel).strides(strides).padding(strides == 1 ? "same" : "valid").useBias(false)
                .depthwiseInitializer(EfficientLayers.kernels()).name(prefix + "dwconv").apply(x);
        return EfficientLayers.activated(LAYERS.normalized(x, prefix), prefix);
    }
}
