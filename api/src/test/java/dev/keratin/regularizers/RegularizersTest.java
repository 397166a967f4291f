package dev.keratin.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Tensor;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.config.Json;
import dev.keratin.goldens.Closeness;
import dev.keratin.goldens.GoldenCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RegularizersTest {
    /** Sums of up to 72 float32 numbers. */
    private static final Closeness CLOSE = new Closeness(1e-5, 1e-7);

    @TestFactory
    Stream<DynamicTest> call_keras_samePenaltyAndGradient() {
        return GoldenCase.table("regularizers").stream().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Regularizer regularizer = Regularizers.registry().deserialize(
                    Json.object().put("class_name", golden.text("regularizer")).set("config", golden.arguments()));
            Tensor x = golden.tensor("x");
            try (GradientTape tape = new GradientTape()) {
                tape.watch(x);
                Tensor penalty = regularizer.call(x);
                CLOSE.check(penalty, golden.values("value"));
                CLOSE.check(tape.gradient(penalty, x), golden.values("grad"));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> config_roundTrip_sameConfig() {
        return Regularizers.registry().names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            Regularizer regularizer = Regularizers.get(name);
            assertThat(Regularizers.registry().deserialize(Regularizers.registry().serialize(regularizer)).config())
                    .hasToString(regularizer.config().toString());
        }));
    }

    @Test
    void config_l1l2_hasKerasNames() {
        assertThat(new L1L2(0.1, 0.2).config()).hasToString("{\"l1\":0.1,\"l2\":0.2}");
        assertThat(new OrthogonalRegularizer().config()).hasToString("{\"factor\":0.01,\"mode\":\"rows\"}");
    }

    @Test
    void construct_badArguments_saysWhatIsRequired() {
        assertThatThrownBy(() -> new L2(-1)).hasMessage("L2: l2 of at least 0 is required. Received: -1.0.");
        assertThatThrownBy(() -> new L1(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new OrthogonalRegularizer(1, "row")).hasMessageContaining("\"row\"");
        assertThatThrownBy(() -> new OrthogonalRegularizer().call(Tensor.of(new float[3]))).hasMessageContaining("float32[3]");
        assertThatThrownBy(() -> Regularizers.get("l3")).hasMessageContaining("Did you mean \"L1\"");
    }
}
