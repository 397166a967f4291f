package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.depthwiseConv2d;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.relu;
import static dev.keratin.layers.Layers.reshape;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;
import dev.keratin.layers.Dropout;
import java.util.Locale;

/**
 * MobileNet: convolutions of each channel on its own, each followed by one of 1x1.
 *
 * @see <a href="https://arxiv.org/abs/1704.04861">Howard et al., 2017</a>
 */
public final class MobileNet extends Application<MobileNet> {
    /** Filters and stride of each block, in order. */
    private static final int[][] BLOCKS = {
        {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {512, 1},
        {1024, 2}, {1024, 1}};

    private double alpha = 1;
    private int depthMultiplier = 1;
    private double dropout = 1e-3;

    MobileNet() {
        super("mobilenet", new InputSize(224, 32), PoolingNames.NEVER);
    }

    /** The width of the network: every number of filters is multiplied by it; 1 by default. */
    public MobileNet alpha(double width) {
        alpha = Widths.positive(who(), "alpha", width);
        return this;
    }

    /** How many output channels a depthwise convolution has for each input channel; 1 by default. */
    public MobileNet depthMultiplier(int channels) {
        depthMultiplier = channels;
        return this;
    }

    /** The rate of dropout before the classifier; 0.001 by default. */
    public MobileNet dropout(double rate) {
        dropout = rate;
        return this;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = conv2d((int) (32 * alpha), 3).strides(2).padding("same").useBias(false).name("conv1").apply(image);
        x = activated(x, "conv1");
        for (int i = 0; i < BLOCKS.length; i++) {
            x = block(x, (int) (BLOCKS[i][0] * alpha), BLOCKS[i][1], i + 1);
        }
        return x;
    }

    private Tensor block(Tensor input, int filters, int strides, int number) {
        Tensor x = strides == 1 ? input
                : zeroPadding2d(new int[][] {{0, 1}, {0, 1}}).name("conv_pad_" + number).apply(input);
        x = depthwiseConv2d(3).strides(strides).padding(strides == 1 ? "same" : "valid").depthMultiplier(depthMultiplier)
                .useBias(false).name("conv_dw_" + number).apply(x);
        x = activated(x, "conv_dw_" + number);
        x = conv2d(filters, 1).padding("same").useBias(false).name("conv_pw_" + number).apply(x);
        return activated(x, "conv_pw_" + number);
    }

    private static Tensor activated(Tensor x, String name) {
        return relu().maxValue(6).name(name + "_relu").apply(batchNormalization().name(name + "_bn").apply(x));
    }

    @Override
    Tensor top(Tensor features) {
        Tensor x = globalAveragePooling2d().keepdims(true).apply(features);
        x = new Dropout(dropout).name("dropout").apply(x);
        x = conv2d(classes(), 1).padding("same").name("conv_preds").apply(x);
        x = reshape(classes()).name("reshape_2").apply(x);
        return activation(classifierActivation()).name("predictions").apply(x);
    }

    @Override
    String standardName(Tensor image) {
        return String.format(Locale.ROOT, "mobilenet_%.2f_%s", alpha, Widths.rows(image));
    }

    @Override
    String publishedSettings(Tensor image) {
        return String.format(Locale.ROOT, "mobilenet_%.2f_%d", alpha, Widths.trained(image, 128L, 160L, 192L, 224L));
    }
}
