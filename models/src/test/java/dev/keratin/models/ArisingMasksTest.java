package dev.keratin.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models of which Keras wrote the computation of a mask: a layer's own, which comes with the tensor, or a person's. */
class ArisingMasksTest {
    private static final String TENSOR = "{\"class_name\": \"__keras_tensor__\", \"config\": {\"shape\": [null, 3], \"keras_history\":"
            + " [\"%s\", 0, 0]}}";
    private static final String MODEL = """
            {"module": "keras.src.models.functional", "class_name": "Functional", "config": {"name": "m", "layers": [
             {"module": "keras.layers", "class_name": "InputLayer", "name": "ids", "inbound_nodes": [],
              "config": {"batch_shape": [null, 3], "dtype": "int32", "name": "ids"}},
             {"module": "keras.layers", "class_name": "Embedding", "name": "e", "inbound_nodes": [{"args": [%1$s], "kwargs": {}}],
              "config": {"name": "e", "input_dim": 9, "output_dim": 2, "mask_zero": true,
               "embeddings_initializer": {"module": "keras.initializers", "class_name": "Ones", "config": {}}}},
             {"module": "keras.src.ops.numpy", "class_name": "%2$s", "name": "op", "config": {"name": "op"},
              "inbound_nodes": [{"args": [%1$s, %3$s], "kwargs": {}}]},
             {"module": "keras.layers", "class_name": "GlobalAveragePooling1D", "name": "g", "config": {"name": "g"},
              "inbound_nodes": [{"args": [%4$s], "kwargs": {"mask": %5$s}}]}],
             "input_layers": [["ids", 0, 0]], "output_layers": [["g", 0, 0]]}}""";

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    private static Model model(String op, int with) {
        return Models.fromJson(MODEL.formatted(TENSOR.formatted("ids"), op, with, TENSOR.formatted("e"), TENSOR.formatted("op")));
    }

    @Test
    void mask_thatTheLayerMakes_comesWithTheTensor() {
        Tensor found = model("NotEqual", 0).call(Ops.reshape(Tensor.of(new int[] {4, 0, 2}), 1, 3), false);
        assertThat(found.toFloatArray()).containsExactly(1, 1);
    }

    @Test
    void mask_thatAPersonComputes_isRefusedAndNotDropped() {
        assertThatThrownBy(() -> model("NotEqual", 2)).hasMessageContaining("a mask that comes with the tensor")
                .hasMessageContaining("Received: the result of the op \"op\".");
        assertThatThrownBy(() -> model("Greater", 0)).hasMessageContaining("Give the mask to a Masking layer before");
    }
}
