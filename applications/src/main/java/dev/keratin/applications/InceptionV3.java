package dev.keratin.applications;

import static dev.keratin.applications.Inception.averaged;
import static dev.keratin.applications.Inception.branch;
import static dev.keratin.applications.Inception.halved;
import static dev.keratin.layers.Layers.concatenate;

import dev.keratin.Tensor;
import dev.keratin.applications.Inception.Step;

/**
 * InceptionV3: blocks of branches with windows of different sizes, the larger ones split into a row and a column.
 *
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2015</a>
 */
public final class InceptionV3 extends Application<InceptionV3> {
    /** Channels inside the four blocks with windows of length 7. */
    private static final int[] SEVENS = {128, 160, 160, 192};

    InceptionV3() {
        super("inception_v3", new InputSize(299, 75), PoolingNames.WITH_TOP);
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TF;
    }

    @Override
    Tensor features(Tensor image) {
        Tensor x = Inception.stem(image);
        for (int i = 0; i < 3; i++) {
            x = Inception.first(x, 64, i == 0 ? 32 : 64, "mixed" + i);
        }
        x = concatenate(3).name("mixed3").apply(branch(x, Step.halving(384)),
                branch(x, Step.of(64, 1), Step.of(96, 3), Step.halving(96)), halved(x));
        for (int i = 0; i < SEVENS.length; i++) {
            x = sevens(x, SEVENS[i], "mixed" + (i + 4));
        }
        x = concatenate(3).name("mixed8").apply(branch(x, Step.of(192, 1), Step.halving(320)),
                branch(x, Step.of(192, 1), Step.of(192, 1, 7), Step.of(192, 7, 1), Step.halving(192)), halved(x));
        return split(split(x, 0), 1);
    }

    private static Tensor sevens(Tensor x, int filters, String name) {
        Tensor one = branch(x, Step.of(192, 1));
        Tensor once = branch(x, Step.of(filters, 1), Step.of(filters, 1, 7), Step.of(192, 7, 1));
        Tensor twice = branch(x, Step.of(filters, 1), Step.of(filters, 7, 1), Step.of(filters, 1, 7), Step.of(filters, 7, 1),
                Step.of(192, 1, 7));
        return concatenate(3).name(name).apply(one, once, twice, averaged(x, 192));
    }

    /** Windows 1x3 and 3x1 side by side. */
    private static Tensor split(Tensor x, int number) {
        Tensor one = branch(x, Step.of(320, 1));
        Tensor three = branch(x, Step.of(384, 1));
        three = concatenate(3).name("mixed9_" + number).apply(row(three), column(three));
        Tensor twice = branch(x, Step.of(448, 1), Step.of(384, 3));
        twice = concatenate(3).apply(row(twice), column(twice));
        return concatenate(3).name("mixed" + (9 + number)).apply(one, three, twice, averaged(x, 192));
    }

    private static Tensor row(Tensor x) {
        return branch(x, Step.of(384, 1, 3));
    }

    private static Tensor column(Tensor x) {
        return branch(x, Step.of(384, 3, 1));
    }
}
