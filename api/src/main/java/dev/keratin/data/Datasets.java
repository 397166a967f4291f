package dev.keratin.data;

/**
 * Small real data sets that come with the jar, already split: the same fifth of the samples is always for tests, in an
 * order that is always the same. Their licences are in {@code dev/keratin/data/LICENSE.txt} of the jar.
 */
public final class Datasets {
    private static final float DARKEST = 16;

    private Datasets() {}

    /**
     * Handwritten digits of 13 people: 1437 to train with, 360 to test with.
     *
     * @return x: float32 [sample, row 8, column 8, channel 1], 0 (white) to 1; y: int32 [sample], the digit
     */
    public static TrainTest digits() {
        return CsvTable.read("digits.csv.gz").split(1 / DARKEST, 8, 8, 1);
    }

    /**
     * Iris flowers: 120 to train with, 30 to test with.
     *
     * @return x: float32 [sample, 4], lengths and widths of sepals and petals in cm; y: int32 [sample], 0 setosa,
     *     1 versicolor, 2 virginica
     */
    public static TrainTest iris() {
        return CsvTable.read("iris.csv.gz").split(1, 4);
    }

    /**
     * Wines of three growers: 142 to train with, 36 to test with.
     *
     * @return x: float32 [sample, 13], results of chemical analysis in their units; y: int32 [sample], the grower, 0 to 2
     */
    public static TrainTest wine() {
        return CsvTable.read("wine.csv.gz").split(1, 13);
    }

    /**
     * Breast tumours: 455 to train with, 114 to test with.
     *
     * @return x: float32 [sample, 30], measures of cell nuclei in their units; y: int32 [sample], 0 malignant, 1 benign
     */
    public static TrainTest breastCancer() {
        return CsvTable.read("breast_cancer.csv.gz").split(1, 30);
    }
}
