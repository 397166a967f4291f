package dev.keratin.applications;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.conv2d;

import dev.keratin.Tensor;

/**
 * NASNet-A: cells that were found by search, each fed by the two before it. The size of images must be known, also without
 * the top.
 *
 * @see <a href="https://arxiv.org/abs/1707.07012">Zoph et al., 2017</a>
 */
public final class NASNet extends Application<NASNet> {
    private final int filters;
    private final int cells;
    private final int stem;
    private final boolean skipsReduction;

    /**
     * @param size height and width of the images
     * @param filters of a cell in the first third
     * @param cells in each third
     * @param stem filters of the first convolution
     * @param skipsReduction whether the cell after a reduction is fed by that before it, and not by the reduction's input
     */
    NASNet(String name, int size, int filters, int cells, int stem, boolean skipsReduction) {
        super(name, new InputSize(size, 32, InputSize.Any.NEVER), PoolingNames.NEVER);
        this.filters = filters;
        this.cells = cells;
        this.stem = stem;
        this.skipsReduction = skipsReduction;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = conv2d(stem, 3).strides(2).useBias(false).kernelInitializer("he_normal").name("stem_conv1").apply(image);
        x = NASNetCell.normalized(x, "stem_bn1");
        Tensor previous = x;
        x = NASNetCell.reduction(x, null, filters / 4, "stem_1");
        for (int third = 0; third < 3; third++) {
            Tensor reduced = NASNetCell.reduction(x, previous, third == 0 ? filters / 2 : filters << third,
                    third == 0 ? "stem_2" : "reduce_" + third * cells);
            previous = third > 0 && skipsReduction ? previous : x;
            x = reduced;
            for (int i = 0; i < cells; i++) {
                Tensor next = NASNetCell.normal(x, previous, filters << third, third * cells + i + (third == 0 ? 0 : 1));
                previous = x;
                x = next;
            }
        }
        return activation("relu").apply(x);
    }
}
