package dev.keratin.layers;

import static dev.keratin.layers.Layers.reversibleEmbedding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReversibleEmbeddingTest {
    private static final Offset<Float> CLOSE = within(1e-6f);
    private final Tensor vector = Tensor.of(new float[][] {{1, -2}});

    /** Three vectors of length 2: 0 and 1, 2 and 3, 4 and 5. */
    private static ReversibleEmbedding counting(ReversibleEmbedding layer) {
        layer.buildFor(Shape.of(1, 1));
        layer.embeddings().assign(Tensor.of(new float[][] {{0, 1}, {2, 3}, {4, 5}}));
        return layer;
    }

    @Test
    void contract_tiedOrNot_isKept() {
        LayerContract.of(() -> reversibleEmbedding(5, 3)).input(4).domain(x -> Ops.minimum(Ops.floor(Ops.abs(x)), 4))
                .weights(1).notDifferentiable().check();
        LayerContract.of(() -> reversibleEmbedding(5, 3).tieWeights(false).logitSoftCap(2).reverseDType("float16")).input(4)
                .domain(x -> Ops.minimum(Ops.floor(Ops.abs(x)), 4)).weights(2).notDifferentiable().check();
    }

    @Test
    void reverse_tied_multipliesWithTheVectors() {
        ReversibleEmbedding layer = counting(reversibleEmbedding(3, 2));
        assertThat(layer.apply(Tensor.of(new int[] {2}, 1)).toFloatArray()).containsExactly(4, 5);
        assertThat(layer.reverse(vector).toFloatArray()).containsExactly(-2, -4, -6);
    }

    @Test
    void reverse_notTied_hasWeightsOfItsOwn() {
        ReversibleEmbedding layer = counting(reversibleEmbedding(3, 2).tieWeights(false));
        assertThat(layer.weights()).extracting(weight -> weight.name() + weight.shape())
                .containsExactly("embeddings[3, 2]", "reverse_embeddings[2, 3]");
        layer.weights().get(1).assign(Tensor.of(new float[][] {{1, 2, 3}, {0, 1, 0}}));
        assertThat(layer.reverse(vector).toFloatArray()).containsExactly(1, 0, 3);
    }

    @Test
    void reverse_softCap_staysBelowIt() {
        float[] logits = counting(reversibleEmbedding(3, 2).logitSoftCap(5)).reverse(vector).toFloatArray();
        assertThat(logits).containsExactly(
                new float[] {5 * (float) Math.tanh(-0.4), 5 * (float) Math.tanh(-0.8), 5 * (float) Math.tanh(-1.2)}, CLOSE);
    }

    @Test
    void reverse_dtype_isThatOfTheLogits() {
        ReversibleEmbedding layer = counting(reversibleEmbedding(3, 2).reverseDType("float64"));
        assertThat(layer.reverse(vector).dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test
    void mask_ofIndices_isAttachedThereAndNotBack() {
        ReversibleEmbedding layer = counting(reversibleEmbedding(3, 2).maskZero(true));
        Tensor vectors = layer.apply(Tensor.of(new int[] {0, 2}, 1, 2));
        assertThat(Ops.cast(vectors.mask(), DType.INT32).toFloatArray()).containsExactly(0, 1);
        assertThat(layer.reverse(Ops.copy(vectors)).mask()).isNull();
    }

    @Test
    void reverse_otherLength_isRefused() {
        ReversibleEmbedding layer = counting(reversibleEmbedding(3, 2));
        assertThatThrownBy(() -> layer.reverse(Ops.ones(1, 3))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vectors of length 2 are required to reverse. Received: float32[1, 3]")
                .hasMessageContaining("Put dense(2) before");
    }
}
