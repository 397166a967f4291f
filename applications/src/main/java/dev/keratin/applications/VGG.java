package dev.keratin.applications;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.maxPooling2d;

import dev.keratin.Tensor;

/**
 * VGG: five blocks of convolutions 3x3, each block ended by a maximum over 2x2, and three dense layers.
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan and Zisserman, 2014</a>
 */
public final class VGG extends Application<VGG> {
    private static final int[] FILTERS = {64, 128, 256, 512, 512};
    private static final int HIDDEN = 4096;

    private final int[] convolutions;

    /** @param convolutions in each of the five blocks */
    VGG(String name, int... convolutions) {
        super(name, new InputSize(224, 32), PoolingNames.NEVER);
        this.convolutions = convolutions;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.CAFFE;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = image;
        for (int block = 1; block <= convolutions.length; block++) {
            for (int i = 1; i <= convolutions[block - 1]; i++) {
                x = conv2d(FILTERS[block - 1], 3).activation("relu").padding("same").name("block" + block + "_conv" + i).apply(x);
            }
            x = maxPooling2d(2).strides(2).name("block" + block + "_pool").apply(x);
        }
        return x;
    }

    @Override
    Tensor top(Tensor features) {
        Tensor x = flatten().name("flatten").apply(features);
        x = dense(HIDDEN).activation("relu").name("fc1").apply(x);
        x = dense(HIDDEN).activation("relu").name("fc2").apply(x);
        return predictions(x);
    }
}
