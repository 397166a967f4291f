package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.averagePooling2d;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.cropping2d;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.layers.Layers.separableConv2d;
import static dev.keratin.layers.Layers.zeroPadding2d;

import dev.keratin.Tensor;
import org.jspecify.annotations.Nullable;

/** The two cells of {@link NASNet}: functions of the output of the cell before, and of what that cell was fed by. */
final class NASNetCell {
    private NASNetCell() {}

    /** A cell that keeps height and width. */
    static Tensor normal(Tensor input, Tensor previous, int filters, int number) {
        Tensor p = adjusted(previous, input, filters, "_" + number);
        Tensor h = squeezed(input, filters, "normal_", "_" + number);
        String left = "normal_left";
        String right = "normal_right";
        Tensor x1 = sum(separable(h, filters, 5, 1, left + "1_" + number), separable(p, filters, 3, 1, right + "1_" + number),
                "normal_add_1_" + number);
        Tensor x2 = sum(separable(p, filters, 5, 1, left + "2_" + number), separable(p, filters, 3, 1, right + "2_" + number),
                "normal_add_2_" + number);
        Tensor x3 = sum(averaged(h, left + "3_" + number), p, "normal_add_3_" + number);
        Tensor x4 = sum(averaged(p, left + "4_" + number), averaged(p, right + "4_" + number), "normal_add_4_" + number);
        Tensor x5 = sum(separable(h, filters, 3, 1, left + "5_" + number), h, "normal_add_5_" + number);
        return concatenate(3).name("normal_concat_" + number).apply(p, x1, x2, x3, x4, x5);
    }

    /**
     * A cell that halves height and width.
     *
     * @param previous null for the input
     */
    static Tensor reduction(Tensor input, @Nullable Tensor previous, int filters, String id) {
        Tensor p = previous == null ? input : adjusted(previous, input, filters, "_" + id);
        Tensor h = squeezed(input, filters, "reduction_", "_" + id);
        Tensor padded = zeroPadding2d(Widths.paddingBeforeStride2(h, 3)).name("reduction_pad_1_" + id).apply(h);
        String left = "reduction_left";
        String right = "reduction_right";
        Tensor x1 = sum(separable(h, filters, 5, 2, left + "1_" + id), separable(p, filters, 7, 2, right + "1_" + id),
                "reduction_add_1_" + id);
        Tensor x2 = sum(maxPooling2d(3).strides(2).name(left + "2_" + id).apply(padded),
                separable(p, filters, 7, 2, right + "2_" + id), "reduction_add_2_" + id);
        Tensor x3 = sum(averagePooling2d(3).strides(2).name(left + "3_" + id).apply(padded),
                separable(p, filters, 5, 2, right + "3_" + id), "reduction_add3_" + id);
        Tensor x4 = add().apply(x2, averaged(x1, left + "4_" + id));
        Tensor x5 = sum(separable(x1, filters, 3, 1, left + "4_" + id),
                maxPooling2d(3).strides(2).name(right + "5_" + id).apply(padded), "reduction_add4_" + id);
        return concatenate(3).name("reduction_concat_" + id).apply(x2, x3, x4, x5);
    }

    /** The older tensor as wide and with as many channels as the cell needs. */
    private static Tensor adjusted(Tensor older, Tensor input, int filters, String id) {
        if (older.shape().dim(-2) != input.shape().dim(-2)) {
            return shrunk(older, filters, id);
        }
        if (older.shape().dim(-1) == filters) {
            return older;
        }
        Tensor x = pointwise(activation("relu").apply(older), filters, "adjust_conv_projection" + id);
        return normalized(x, "adjust_bn" + id);
    }

    /** Every other pixel, once from the first and once from the second on, each with half of the channels. */
    private static Tensor shrunk(Tensor older, int filters, String id) {
        Tensor x = activation("relu").name("adjust_relu_1" + id).apply(older);
        Tensor even = everyOther(x, "adjust_avg_pool_1" + id);
        even = pointwise(even, filters / 2, "adjust_conv_1" + id);
        Tensor odd = zeroPadding2d(new int[][] {{0, 1}, {0, 1}}).apply(x);
        odd = everyOther(cropping2d(new int[][] {{1, 0}, {1, 0}}).apply(odd), "adjust_avg_pool_2" + id);
        odd = pointwise(odd, filters / 2, "adjust_conv_2" + id);
        return normalized(concatenate(3).apply(even, odd), "adjust_bn" + id);
    }

    private static Tensor everyOther(Tensor x, String name) {
        return averagePooling2d(1).strides(2).name(name).apply(x);
    }

    private static Tensor squeezed(Tensor input, int filters, String prefix, String id) {
        Tensor x = pointwise(activation("relu").apply(input), filters, prefix + "conv_1" + id);
        return normalized(x, prefix + "bn_1" + id);
    }

    private static Tensor pointwise(Tensor x, int filters, String name) {
        return conv2d(filters, 1).padding("same").useBias(false).kernelInitializer("he_normal").name(name).apply(x);
    }

    /** Twice ReLU, a separable convolution and normalization; the first has the stride. */
    private static Tensor separable(Tensor input, int filters, int kernel, int strides, String id) {
        Tensor x = activation("relu").apply(input);
        if (strides > 1) {
            x = zeroPadding2d(Widths.paddingBeforeStride2(x, kernel)).name("separable_conv_1_pad_" + id).apply(x);
        }
        x = separableConv2d(filters, kernel).strides(strides).padding(strides > 1 ? "valid" : "same").useBias(false)
                .name("separable_conv_1_" + id).apply(x);
        x = activation("relu").apply(normalized(x, "separable_conv_1_bn_" + id));
        x = separableConv2d(filters, kernel).padding("same").useBias(false).name("separable_conv_2_" + id).apply(x);
        return normalized(x, "separable_conv_2_bn_" + id);
    }

    private static Tensor averaged(Tensor x, String name) {
        return averagePooling2d(3).strides(1).padding("same").name(name).apply(x);
    }

    private static Tensor sum(Tensor a, Tensor b, String name) {
        return add().name(name).apply(a, b);
    }

    static Tensor normalized(Tensor x, String name) {
        return batchNormalization().momentum(0.9997).name(name).apply(x);
    }
}
