package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Tensor;
import org.junit.jupiter.api.Test;

class GlobalAveragePooling1DTest {
    @Test
    void globalAveragePooling_mask_isTheMeanOfTheStepsThatCount() {
        Tensor x = Tensor.of(new float[] {1, 3, 100}, 1, 3, 1);
        x.attachMask(Tensor.of(new boolean[] {true, true, false}, 1, 3));
        assertThat(Layers.globalAveragePooling1d().call(x, false).toFloatArray()).containsExactly(2);
    }
}
