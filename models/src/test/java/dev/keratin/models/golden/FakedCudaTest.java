package dev.keratin.models.golden;

import static dev.keratin.layers.Layers.activation;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Configuration;
import dev.keratin.DTypePolicy;
import dev.keratin.Ops;
import dev.keratin.data.Batch;
import dev.keratin.models.Model;
import dev.keratin.models.OnFakedCuda;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model of each kind trains as in Keras on the backend {@code cuda}, whose device is faked on the CPU. With
 * {@code -Dkeratin.backend=cuda} {@link GoldenTrainingTest} trains all of them on a real one.
 */
class FakedCudaTest extends OnFakedCuda {
    @ParameterizedTest
    @ValueSource(strings = {"sgd_plain_mse", "lamb_cnn", "embedding_lstm_adam", "adagrad_gru_logcosh", "adamw_mha"})
    void trajectory_sameWeightsAndBatches_isThatOfKeras(String name) {
        use("cuda");
        GoldenTrainingTest.check(GoldenTrainingTest.named(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "mixed_bfloat16"})
    void step_denseLayersWithGelu_hasBiasesGeluAndAllGradientsInTheProducts(String policy) {
        use("cuda");
        DTypePolicy before = Configuration.dtypePolicy();
        Configuration.setDTypePolicy(policy);
        try {
            List<String> steps = stepOfDenseLayers();
            assertThat(steps).anyMatch(step -> step.startsWith("MatMul with GELU_KEPT ")).noneMatch(step -> step.startsWith("reduceSum"));
            assertThat(steps).filteredOn(step -> step.contains("/activation")).isNotEmpty()
                    .allMatch(step -> step.startsWith("MatMul with GELU_GRADIENT "));
        } finally {
            Configuration.setDTypePolicy(before);
        }
    }

    /** What is launched in a step for two layers, without the loss. */
    private static List<String> stepOfDenseLayers() {
        Model model = sequential(input(24), dense(16), activation(x -> Ops.gelu(x, true)), dense(8));
        model.compile("sgd", "mse");
        try (Batch batch = Batch.of(Ops.ones(4, 24), Ops.ones(4, 8))) {
            return model.trainProgram(batch).explain().lines().filter(line -> line.contains("sequential"))
                    .filter(line -> line.startsWith("MatMul") || line.contains("Geometry")).toList();
        }
    }
}
