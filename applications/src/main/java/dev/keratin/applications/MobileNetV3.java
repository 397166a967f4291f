package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.relu;
import static dev.keratin.layers.Layers.rescaling;

import dev.keratin.Tensor;
import java.util.Locale;

/**
 * MobileNetV3: the inverted residual blocks of {@link MobileNetV2}, some of which weigh their channels, with the activation
 * hard swish in the later ones. Also with the top it takes images of any size.
 *
 * <p>Images are numbers from 0 to 255; from -1 to 1 without {@link #includePreprocessing}.
 *
 * @see <a href="https://arxiv.org/abs/1905.02244">Howard et al., 2019</a>
 */
public final class MobileNetV3 extends PixelApplication<MobileNetV3> {
    private final MobileNetV3Block[] blocks;
    private final int hidden;
    private double alpha = 1;
    private boolean minimalistic;
    private double dropoutRate = 0.2;

    /** @param hidden the channels between the features and the classes */
    MobileNetV3(String name, int hidden, MobileNetV3Block... blocks) {
        super(name, new InputSize(224, 32, InputSize.Any.ALWAYS), PoolingNames.ALWAYS);
        this.hidden = hidden;
        this.blocks = blocks;
    }

    /** The width of the network: every number of filters is multiplied by it; 1 by default. */
    public MobileNetV3 alpha(double width) {
        alpha = Widths.positive(who(), "alpha", width);
        return this;
    }

    /**
     * Whether to use nothing but windows 3x3, the activation ReLU and channels of equal weight, for devices that lack the
     * rest; false by default.
     */
    public MobileNetV3 minimalistic(boolean plain) {
        minimalistic = plain;
        return this;
    }

    /** The rate of dropout before the classifier; 0.2 by default. */
    public MobileNetV3 dropoutRate(double rate) {
        dropoutRate = rate;
        return this;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = includePreprocessing() ? rescaling(1 / 127.5).offset(-1).apply(image) : image;
        x = conv2d(16, 3).strides(2).padding("same").useBias(false).name("conv").apply(x);
        x = activated(normalized(x, "conv_bn"), !minimalistic);
        for (int i = 0; i < blocks.length; i++) {
            MobileNetV3Block block = minimalistic ? blocks[i].minimalistic() : blocks[i];
            x = block.apply(x, alpha, i == 0 ? "expanded_conv_" : "expanded_conv_" + i + "_");
        }
        int filters = Widths.divisible(6 * x.shape().dim(-1));
        x = conv2d(filters, 1).padding("same").useBias(false).name("conv_1").apply(x);
        return activated(normalized(x, "conv_1_bn"), !minimalistic);
    }

    @Override
    Tensor top(Tensor features) {
        Tensor x = globalAveragePooling2d().keepdims(true).apply(features);
        x = conv2d(alpha > 1 ? Widths.divisible(hidden * alpha) : hidden, 1).padding("same").name("conv_2").apply(x);
        x = activated(x, !minimalistic);
        x = dropoutRate > 0 ? dropout(dropoutRate).apply(x) : x;
        x = conv2d(classes(), 1).padding("same").name("logits").apply(x);
        return activation(classifierActivation()).name("predictions").apply(flatten().apply(x));
    }

    @Override
    String publishedSettings(Tensor image) {
        return String.format(Locale.ROOT, "%s_%s%.2f", super.publishedSettings(image), minimalistic ? "minimalistic_" : "", alpha);
    }

    static Tensor normalized(Tensor x, String name) {
        return batchNormalization().epsilon(1e-3).momentum(0.999).name(name).apply(x);
    }

    /** Hard swish, or ReLU. */
    static Tensor activated(Tensor x, boolean swishes) {
        return swishes ? activation("hard_swish").apply(x) : relu().apply(x);
    }
}
