package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.averagePooling2d;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.maxPooling2d;

import dev.keratin.Tensor;

/** What the Inception architectures are made of. */
final class Inception {
    private Inception() {}

    /** A convolution without bias, then normalization without a scale and ReLU, under automatic names. */
    record Step(int filters, int rows, int columns, int strides, String padding) {
        static Step of(int filters, int size) {
            return of(filters, size, size);
        }

        static Step of(int filters, int rows, int columns) {
            return new Step(filters, rows, columns, 1, "same");
        }

        static Step valid(int filters, int size) {
            return new Step(filters, size, size, 1, "valid");
        }

        /** Half as high and wide. */
        static Step halving(int filters) {
            return new Step(filters, 3, 3, 2, "valid");
        }

        private Tensor apply(Tensor x) {
            Tensor y = conv2d(filters, rows, columns).strides(strides).padding(padding).useBias(false).apply(x);
            return activation("relu").apply(batchNormalization().scale(false).apply(y));
        }
    }

    /** One step after the other. */
    static Tensor branch(Tensor input, Step... steps) {
        Tensor x = input;
        for (Step step : steps) {
            x = step.apply(x);
        }
        return x;
    }

    /** What comes before the first block: an eighth as high and wide, 192 channels. */
    static Tensor stem(Tensor image) {
        Tensor x = halved(branch(image, Step.halving(32), Step.valid(32, 3), Step.of(64, 3)));
        return halved(branch(x, Step.valid(80, 1), Step.valid(192, 3)));
    }

    /** The maximum over 3x3, half as high and wide. */
    static Tensor halved(Tensor x) {
        return maxPooling2d(3).strides(2).apply(x);
    }

    /** The first block: four branches, the last of which averages over 3x3. */
    static Tensor first(Tensor x, int filters, int pooled, String name) {
        Tensor one = branch(x, Step.of(filters, 1));
        Tensor five = branch(x, Step.of(48, 1), Step.of(64, 5));
        Tensor three = branch(x, Step.of(64, 1), Step.of(96, 3), Step.of(96, 3));
        return concatenate(3).name(name).apply(one, five, three, averaged(x, pooled));
    }

    /** The mean over 3x3, then a convolution 1x1. */
    static Tensor averaged(Tensor x, int filters) {
        return branch(averagePooling2d(3).strides(1).padding("same").apply(x), Step.of(filters, 1));
    }
}
