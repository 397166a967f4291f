package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import dev.keratin.data.DataPreparation.End;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Expected values: Keras 3.15.1. */
class DataPreparationTest {
    /** A few float32 roundings of numbers up to 1. */
    private static final float ROUNDING = 1e-6f;
    private static final int[][] SEQUENCES = {{1}, {2, 3}, {4, 5, 6, 7}};
    private static final float[] X =
            {0.124f, 1.433f, 0.746f, -0.961f, -0.775f, 1.757f, -0.402f, -0.005f, 0.17f, -0.992f, 1.226f, -0.878f};

    @Test
    void padSequences_withDefaults_fillsBefore() {
        assertThat(DataPreparation.padSequences(SEQUENCES).toIntArray())
                .containsExactly(0, 0, 0, 1, 0, 0, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void padSequences_toLessThanTheLongest_cutsBefore() {
        assertThat(DataPreparation.padSequences(SEQUENCES, 3).toIntArray()).containsExactly(0, 0, 1, 0, 2, 3, 5, 6, 7);
    }

    @Test
    void padSequences_atOtherEnds_fillsAndCutsThere() {
        assertThat(DataPreparation.padSequences(SEQUENCES, 3, End.POST, End.PRE, 0).toIntArray())
                .containsExactly(1, 0, 0, 2, 3, 0, 5, 6, 7);
        assertThat(DataPreparation.padSequences(SEQUENCES, 2, End.PRE, End.POST, 0).toIntArray())
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(DataPreparation.padSequences(SEQUENCES, 6, End.POST, End.PRE, -1).toIntArray())
                .containsExactly(1, -1, -1, -1, -1, -1, 2, 3, -1, -1, -1, -1, 4, 5, 6, 7, -1, -1);
    }

    @Test
    void toCategorical_ofClasses_putsOneInTheirPlaces() {
        Tensor rows = DataPreparation.toCategorical(Tensor.of(new int[] {0, 2, 1}, 3));
        assertThat(rows.type()).hasToString("float32[3, 3]");
        assertThat(rows.toFloatArray()).containsExactly(1, 0, 0, 0, 0, 1, 0, 1, 0);
    }

    @Test
    void toCategorical_ofAColumn_dropsTheLastAxis() {
        Tensor rows = DataPreparation.toCategorical(Tensor.of(new int[] {1, 0}, 2, 1), 4);
        assertThat(rows.type()).hasToString("float32[2, 4]");
        assertThat(rows.toFloatArray()).containsExactly(0, 1, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void normalize_byEachNorm_dividesRows() {
        Tensor x = Tensor.of(X, 3, 4);
        assertStartsWith(DataPreparation.normalize(x), 0.06582254676687266f, 0.7606750767494236f, 0.39599693458134677f);
        assertStartsWith(DataPreparation.normalize(x, -1, 1), 0.037990196078431376f, 0.4390318627450981f);
        assertStartsWith(DataPreparation.normalize(x, -1, Double.POSITIVE_INFINITY), 0.08653175157013258f, 1);
    }

    private static void assertStartsWith(Tensor tensor, float... expected) {
        float[] start = Arrays.copyOf(tensor.toFloatArray(), expected.length);
        assertThat(start).containsExactly(expected, within(ROUNDING));
    }

    @Test
    void normalize_ofZeros_leavesZeros() {
        assertThat(DataPreparation.normalize(Tensor.of(new float[3], 1, 3)).toFloatArray()).containsExactly(0, 0, 0);
    }
}
