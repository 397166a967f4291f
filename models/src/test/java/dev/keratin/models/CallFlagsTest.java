package dev.keratin.models;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.reversibleEmbedding;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.layers.ReversibleEmbedding;
import org.junit.jupiter.api.Test;

/** A layer that is called in two ways within one graph. */
class CallFlagsTest {
    private static Functional tokensToLogits() {
        SymbolicTensor tokens = input(DType.INT32, 5);
        ReversibleEmbedding embedding = reversibleEmbedding(9, 4);
        Tensor hidden = dense(4).apply(embedding.apply(tokens));
        return Models.model(tokens, (SymbolicTensor) embedding.reverse(hidden));
    }

    @Test
    void config_eachCall_hasItsOwnArguments() {
        JsonNode calls = tokensToLogits().config().get("layers").get(1).get("inbound_nodes");
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).get("kwargs")).isEmpty();
        assertThat(calls.get(1).get("kwargs").toString()).isEqualTo("{\"reverse\":true}");
    }

    @Test
    void fromJson_layerCalledInReverse_givesTheSame() {
        Model model = tokensToLogits();
        Model again = Models.fromJson(Models.toJson(model));
        Tensor tokens = Tensor.of(new int[][] {{0, 3, 8, 1, 2}});
        again.call(tokens, false);
        for (int i = 0; i < model.weights().size(); i++) {
            again.weights().get(i).assign(model.weights().get(i).value());
        }
        Tensor logits = model.call(tokens, false);
        assertThat(logits.shape().dims()).containsExactly(1, 5, 9);
        assertThat(again.call(tokens, false).toFloatArray()).isEqualTo(logits.toFloatArray());
    }
}
