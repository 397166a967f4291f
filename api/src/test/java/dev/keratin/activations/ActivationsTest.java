package dev.keratin.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.config.Json;
import dev.keratin.goldens.Closeness;
import dev.keratin.goldens.GoldenCase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ActivationsTest {
    /** Compositions of a few float32 functions, some of which cancel (tanh_shrink near 0). */
    private static final Closeness CLOSE = new Closeness(1e-5, 1e-6);

    @TestFactory
    Stream<DynamicTest> call_keras_sameOutputAndGradient() {
        return GoldenCase.table("activations").stream().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Activation activation = Activations.deserialize(
                    Json.object().put("class_name", golden.text("function")).set("config", golden.arguments()));
            Tensor x = golden.tensor("x");
            try (GradientTape tape = new GradientTape()) {
                tape.watch(x);
                Tensor y = activation.call(x);
                CLOSE.check(y, golden.values("y"));
                Tensor gradient = tape.gradient(List.of(y), List.of(x), List.of(golden.tensor("cotangent"))).get(0);
                CLOSE.check(atKinks(golden, gradient), golden.values("vjp"));
            }
        }));
    }

    /** At 0 the gradient of Keras's celu on TensorFlow is 2, the sum of those of both sides; ours is 1. */
    private static Tensor atKinks(GoldenCase golden, Tensor gradient) {
        return golden.text("function").equals("celu")
                ? Ops.where(Ops.equal(golden.tensor("x"), 0), Ops.multiply(gradient, 2), gradient) : gradient;
    }

    @TestFactory
    Stream<DynamicTest> get_everyName_serializesAsText() {
        return Activations.registry().names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            Activation activation = Activations.get(name);
            assertThat(Activations.serialize(activation)).isEqualTo(TextNode.valueOf(activation.className()));
            assertThat(Activations.get(activation.className()).className()).isEqualTo(activation.className());
        }));
    }

    @Test
    void names_keras_areAllThere() {
        assertThat(Activations.registry().names()).contains("celu", "elu", "exponential", "gelu", "glu", "hard_shrink",
                "hard_sigmoid", "hard_silu", "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax",
                "mish", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign",
                "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink", "threshold");
    }

    @Test
    void serialize_arguments_areKept() {
        Activation relu = Activations.deserialize(Json.object().put("class_name", "relu")
                .set("config", Json.object().put("max_value", 2.0)));
        Activation again = Activations.deserialize(Activations.serialize(relu));
        assertThat(again.call(Tensor.of(new float[] {-1, 1, 3})).toFloatArray()).containsExactly(0, 1, 2);
    }

    @Test
    void serialize_registeredFunction_isItsName() {
        Activations.registry().register(config -> Activations.named("twice", x -> Ops.multiply(x, 2)), "twice");
        Activation twice = Activations.deserialize(Activations.serialize(Activations.get("twice")));
        assertThat(twice.call(Tensor.of(new float[] {3})).toFloatArray()).containsExactly(6);
    }

    @Test
    void serialize_lambda_saysHowToRegisterIt() {
        assertThatThrownBy(() -> Activations.serialize(x -> x)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("registered name").hasMessageContaining("Activations.registry().register");
    }

    @Test
    void get_unknownOrIncomplete_saysWhatIsRequired() {
        assertThatThrownBy(() -> Activations.get("rellu")).hasMessageContaining("Received: \"rellu\"")
                .hasMessageContaining("\"relu\"");
        assertThatThrownBy(() -> Activations.get("threshold").call(Tensor.of(1f))).hasMessageContaining("default_value");
    }
}
