package dev.keratin.applications;

import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.depthwiseConv2d;
import static dev.keratin.layers.Layers.relu;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;
import dev.keratin.layers.Conv2D;
import java.util.Locale;

/**
 * MobileNetV2: inverted residual blocks, which widen with a convolution 1x1, filter each channel on its own and narrow
 * again without an activation.
 *
 * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al., 2018</a>
 */
public final class MobileNetV2 extends Application<MobileNetV2> {
    /** Filters and stride of each block after the first, in order. */
    private static final int[][] BLOCKS = {
        {24, 2}, {24, 1}, {32, 2}, {32, 1}, {32, 1}, {64, 2}, {64, 1}, {64, 1}, {64, 1}, {96, 1}, {96, 1}, {96, 1},
        {160, 2}, {160, 1}, {160, 1}, {320, 1}};
    private static final int EXPANSION = 6;

    private double alpha = 1;

    MobileNetV2() {
        super("mobilenetv2", new InputSize(224, 32), PoolingNames.NEVER);
    }

    /** The width of the network: every number of filters is multiplied by it; 1 by default. */
    public MobileNetV2 alpha(double width) {
        alpha = Widths.positive(who(), "alpha", width);
        return this;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = conv2d(Widths.divisible(32 * alpha), 3).strides(2).padding("same").useBias(false).name("Conv1").apply(image);
        x = activated(normalized(x, "bn_Conv1"), "Conv1_relu");
        x = narrowed(filtered(x, 1, "expanded_conv_"), filters(16), "expanded_conv_");
        for (int i = 0; i < BLOCKS.length; i++) {
            x = block(x, filters(BLOCKS[i][0]), BLOCKS[i][1], "block_" + (i + 1) + "_");
        }
        x = pointwise(Widths.divisible(1280 * Math.max(alpha, 1))).name("Conv_1").apply(x);
        return activated(normalized(x, "Conv_1_bn"), "out_relu");
    }

    private int filters(int standard) {
        return Widths.divisible((int) (standard * alpha));
    }

    private static Tensor block(Tensor input, int filters, int strides, String prefix) {
        long channels = input.shape().dim(-1);
        Tensor x = pointwise(EXPANSION * (int) channels).padding("same").name(prefix + "expand").apply(input);
        x = activated(normalized(x, prefix + "expand_BN"), prefix + "expand_relu");
        x = narrowed(filtered(x, strides, prefix), filters, prefix);
        return channels == filters && strides == 1 ? add().name(prefix + "add").apply(input, x) : x;
    }

    private static Tensor filtered(Tensor input, int strides, String prefix) {
        Tensor x = strides == 1 ? input
                : zeroPadding2d(Widths.paddingBeforeStride2(input, 3)).name(prefix + "pad").apply(input);
        x = depthwiseConv2d(3).strides(strides).padding(strides == 1 ? "same" : "valid").useBias(false)
                .name(prefix + "depthwise").apply(x);
        return activated(normalized(x, prefix + "depthwise_BN"), prefix + "depthwise_relu");
    }

    private static Tensor narrowed(Tensor x, int filters, String prefix) {
        return normalized(pointwise(filters).padding("same").name(prefix + "project").apply(x), prefix + "project_BN");
    }

    private static Conv2D pointwise(int filters) {
        return conv2d(filters, 1).useBias(false);
    }

    private static Tensor normalized(Tensor x, String name) {
        return batchNormalization().epsilon(1e-3).momentum(0.999).name(name).apply(x);
    }

    private static Tensor activated(Tensor x, String name) {
        return relu().maxValue(6).name(name).apply(x);
    }

    @Override
    String standardName(Tensor image) {
        return String.format(Locale.ROOT, "mobilenetv2_%.2f_%s", alpha, Widths.rows(image));
    }

    @Override
    String publishedSettings(Tensor image) {
        return String.format(Locale.ROOT, "mobilenetv2_%.2f_%d", alpha, Widths.trained(image, 96L, 128L, 160L, 192L, 224L));
    }
}
