package dev.keratin.bench;

import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.embedding;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.globalAveragePooling1d;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.layerNormalization;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.layers.Layers.multiHeadAttention;
import static dev.keratin.layers.Layers.relu;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;

import dev.keratin.Tensor;
import dev.keratin.applications.Applications;
import dev.keratin.backend.DType;
import dev.keratin.layers.LSTM;
import dev.keratin.models.Model;

/** The models of the performance table. */
final class BenchModels {
    static final int VOCABULARY = 20_000;

    private BenchModels() {}

    static Model mlp() {
        return sequential(input(784),
                dense(512).activation("relu"), dropout(0.2),
                dense(512).activation("relu"), dropout(0.2),
                dense(10));
    }

    static Model convnet() {
        return sequential(input(28, 28, 1),
                conv2d(32, 3).activation("relu"), maxPooling2d(2),
                conv2d(64, 3).activation("relu"), maxPooling2d(2),
                flatten(), dropout(0.5), dense(10));
    }

    static Model resnet20() {
        Tensor in = input(32, 32, 3);
        Tensor x = relu().apply(convolution(in, 16, 3, 1));
        int[] filters = {16, 32, 64};
        for (int stage = 0; stage < filters.length; stage++) {
            for (int block = 0; block < 3; block++) {
                x = block(x, filters[stage], stage > 0 && block == 0 ? 2 : 1);
            }
        }
        return model(in, dense(10).apply(globalAveragePooling2d().apply(x)));
    }

    private static Tensor block(Tensor x, int filters, int strides) {
        Tensor y = relu().apply(convolution(x, filters, 3, strides));
        y = convolution(y, filters, 3, 1);
        Tensor shortcut = strides == 2
                ? batchNormalization().apply(conv2d(filters, 1).strides(2).useBias(false).apply(x)) : x;
        return relu().apply(add().apply(shortcut, y));
    }

    private static Tensor convolution(Tensor x, int filters, int size, int strides) {
        return batchNormalization().apply(
                conv2d(filters, size).strides(strides).padding("same").useBias(false).apply(x));
    }

    static Model lstm() {
        return sequential(input(DType.INT32, 80),
                embedding(VOCABULARY, 128), new LSTM(128), dense(2));
    }

    static Model transformer() {
        Tensor in = input(DType.INT32, 128);
        Tensor x = embedding(VOCABULARY, 256).apply(in);
        for (int i = 0; i < 2; i++) {
            x = layerNormalization().epsilon(1e-6).apply(add().apply(x, multiHeadAttention(4, 64).apply(x, x)));
            Tensor hidden = dense(1024).activation("relu").apply(x);
            x = layerNormalization().epsilon(1e-6).apply(add().apply(x, dense(256).apply(hidden)));
        }
        return model(in, dense(2).apply(globalAveragePooling1d().apply(x)));
    }

    static Model resnet50() {
        return Applications.resNet50().classifierActivation(null).build();
    }

    static Model mobilenetv2() {
        return Applications.mobileNetV2().classifierActivation(null).build();
    }
}
