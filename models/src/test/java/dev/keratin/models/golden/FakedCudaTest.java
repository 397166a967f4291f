package dev.keratin.models.golden;

import dev.keratin.backend.cuda.FakeCuda;
import dev.keratin.models.OnBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model of each kind trains as in Keras on the backend {@code cuda}, whose device is faked on the CPU. With
 * {@code -Dkeratin.backend=cuda} {@link GoldenTrainingTest} trains all of them on a real one.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@DisabledIfSystemProperty(named = "keratin.backend", matches = "cuda", disabledReason = "there is a device")
class FakedCudaTest extends OnBackends {
    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    @AfterAll
    static void removeFake() {
        FakeCuda.remove();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd_plain_mse", "lamb_cnn", "embedding_lstm_adam", "adagrad_gru_logcosh", "adamw_mha"})
    void trajectory_sameWeightsAndBatches_isThatOfKeras(String name) {
        use("cuda");
        GoldenTrainingTest.check(GoldenTrainingTest.named(name));
    }
}
