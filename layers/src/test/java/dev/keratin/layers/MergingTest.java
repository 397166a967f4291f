package dev.keratin.layers;

import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.average;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.embedding;
import static dev.keratin.layers.Layers.maximum;
import static dev.keratin.layers.Layers.minimum;
import static dev.keratin.layers.Layers.multiply;
import static dev.keratin.layers.Layers.subtract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Tensor;
import org.junit.jupiter.api.Test;

class MergingTest {
    private final Tensor a = Tensor.of(new float[][] {{1, -2}});
    private final Tensor b = Tensor.of(new float[][] {{3, 4}});

    @Test
    void merge_twoInputs_worksElementByElement() {
        assertThat(add().apply(a, b).toFloatArray()).containsExactly(4, 2);
        assertThat(subtract().apply(a, b).toFloatArray()).containsExactly(-2, -6);
        assertThat(multiply().apply(a, b).toFloatArray()).containsExactly(3, -8);
        assertThat(average().apply(a, b).toFloatArray()).containsExactly(2, 1);
        assertThat(maximum().apply(a, b).toFloatArray()).containsExactly(3, 4);
        assertThat(minimum().apply(a, b).toFloatArray()).containsExactly(1, -2);
        assertThat(concatenate().apply(a, b).toFloatArray()).containsExactly(1, -2, 3, 4);
        assertThat(concatenate(0).apply(a, b).shape().dims()).containsExactly(2, 2);
    }

    @Test
    void merge_masks_areCombined() {
        Embedding table = embedding(5, 2).maskZero(true);
        Tensor first = table.apply(Tensor.of(new int[][] {{0, 1, 2}}));
        Tensor second = table.apply(Tensor.of(new int[][] {{3, 4, 0}}));
        assertThat(add().apply(first, second).mask().toBooleanArray()).containsExactly(false, true, false);
        assertThat(concatenate(1).apply(first, second).mask().toBooleanArray())
                .containsExactly(false, true, true, true, true, false);
    }

    @Test
    void merge_oneInput_isRefused() {
        assertThatThrownBy(() -> add().apply(a)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 inputs are required").hasMessageContaining("Received: 1");
    }

    @Test
    void concatenate_differentLengths_isRefused() {
        assertThatThrownBy(() -> concatenate().apply(a, Tensor.of(new float[3][2])))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("equal shapes but on axis -1");
    }

    @Test
    void embedding_indexOutOfRange_isAnError() {
        Embedding table = embedding(5, 2);
        table.apply(Tensor.of(new int[][] {{4}}));
        assertThatThrownBy(() -> table.apply(Tensor.of(new int[][] {{5}}))).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("5");
    }
}
