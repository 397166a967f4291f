package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DatasetsTest {
    /** In another order every published result would be another. */
    private static final int[] FIRST_TEST_LABELS = {1, 3, 4, 8, 1, 9, 2, 5, 3, 1, 5, 2, 6, 4, 7, 0};

    private static int[] classCounts(TrainTest data) {
        int[] counts = new int[10];
        Arrays.stream(data.yTrain().toIntArray()).forEach(label -> counts[label]++);
        Arrays.stream(data.yTest().toIntArray()).forEach(label -> counts[label]++);
        return counts;
    }

    @Test
    void digits_always_areImagesFromZeroToOne() {
        TrainTest digits = Datasets.digits();
        assertThat(digits.xTrain().type()).hasToString("float32[1437, 8, 8, 1]");
        assertThat(digits.yTrain().type()).hasToString("int32[1437]");
        assertThat(digits.xTest().type()).hasToString("float32[360, 8, 8, 1]");
        float[] pixels = digits.xTest().toFloatArray();
        Arrays.sort(pixels);
        assertThat(pixels[0]).isZero();
        assertThat(pixels[pixels.length - 1]).isEqualTo(1);
        assertThat(classCounts(digits)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void digits_ofTheFirstRowOfTheFile_lookLikeAZero() {
        // The first line of the file is 0,0,5,13,9,1,0,0,... with target 0; it has to be one of the samples.
        TrainTest digits = Datasets.digits();
        float[] start = {0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0, 0, 0, 13 / 16f, 15 / 16f, 10 / 16f, 15 / 16f};
        assertThat(labelOf(digits.xTrain().toFloatArray(), digits.yTrain().toIntArray(), start)
                + labelOf(digits.xTest().toFloatArray(), digits.yTest().toIntArray(), start)).isEqualTo("0");
    }

    private static String labelOf(float[] images, int[] labels, float[] start) {
        for (int i = 0; i < labels.length; i++) {
            if (Arrays.equals(images, i * 64, i * 64 + start.length, start, 0, start.length)) {
                return Integer.toString(labels[i]);
            }
        }
        return "";
    }

    @Test
    void digits_eachTime_areInTheSameOrder() {
        assertThat(Datasets.digits().yTest().toIntArray()).isEqualTo(Datasets.digits().yTest().toIntArray())
                .startsWith(FIRST_TEST_LABELS);
    }

    @Test
    void tables_always_haveTheirSizesAndClasses() {
        check(Datasets::iris, "float32[120, 4]", "float32[30, 4]", 50, 50, 50);
        check(Datasets::wine, "float32[142, 13]", "float32[36, 13]", 59, 71, 48);
        check(Datasets::breastCancer, "float32[455, 30]", "float32[114, 30]", 212, 357);
    }

    private static void check(Supplier<TrainTest> make, String train, String test, int... counts) {
        TrainTest data = make.get();
        assertThat(data.xTrain().type()).hasToString(train);
        assertThat(data.xTest().type()).hasToString(test);
        assertThat(classCounts(data)).startsWith(counts);
    }
}
