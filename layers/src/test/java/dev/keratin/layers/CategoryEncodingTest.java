package dev.keratin.layers;

import static dev.keratin.layers.Layers.categoryEncoding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryEncodingTest {
    private final Tensor tokens = Tensor.of(new int[] {1, 1, 3}, 1, 3);

    @Test
    void contract_eachMode_isKept() {
        for (String mode : List.of("multi_hot", "count", "one_hot")) {
            LayerContract.of(() -> categoryEncoding(4).outputMode(mode)).input(3).notDifferentiable().check();
        }
    }

    @Test
    void call_eachMode_givesItsVectors() {
        assertThat(categoryEncoding(4).apply(tokens).toFloatArray()).containsExactly(0, 1, 0, 1);
        assertThat(categoryEncoding(4).outputMode("count").apply(tokens).toFloatArray()).containsExactly(0, 2, 0, 1);
        assertThat(categoryEncoding(4).outputMode("one_hot").apply(tokens).shape()).isEqualTo(Shape.of(1, 3, 4));
        Tensor column = Ops.transpose(tokens, 1, 0);
        assertThat(categoryEncoding(4).outputMode("one_hot").apply(column).toFloatArray())
                .containsExactly(0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void call_scalarAndVector_areOneSample() {
        assertThat(categoryEncoding(2).apply(Tensor.of(1)).toFloatArray()).containsExactly(0, 1);
        assertThat(categoryEncoding(4).apply(Tensor.of(new int[] {0, 2}, 2)).toFloatArray()).containsExactly(1, 0, 1, 0);
    }

    @Test
    void call_weights_areCounted() {
        Tensor weights = Tensor.of(new float[] {0.5f, 0.25f, 2}, 1, 3);
        Tensor counted = categoryEncoding(4).outputMode("count").apply(tokens, weights);
        assertThat(counted.toFloatArray()).containsExactly(0, 0.75f, 0, 2);
    }

    @Test
    void call_tokensBeyondTheLast_countForNothing() {
        assertThat(categoryEncoding(2).outputMode("count").apply(tokens).toFloatArray()).containsExactly(0, 2);
    }

    @Test
    void settings_thatDoNotFit_areRefused() {
        assertThatThrownBy(() -> categoryEncoding(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("numTokens of at least 1 is required. Received: 0.");
        assertThatThrownBy(() -> categoryEncoding(4).outputMode("tf_idf")).hasMessageContaining("Received: \"tf_idf\"");
        assertThatThrownBy(() -> categoryEncoding(4).sparse(true)).hasMessage("CategoryEncoding: sparse(false) is required, since there"
                + " are no sparse tensors here. Received: sparse(true). Leave it out.");
        assertThatThrownBy(() -> categoryEncoding(4).apply(tokens, tokens)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one input is required, or with the output mode \"count\" a second one")
                .hasMessageContaining("with the output mode \"multi_hot\"");
    }
}
