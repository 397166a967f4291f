package dev.keratin.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gradients that a function brings itself, and products with a Jacobian from the right. */
class CustomGradientTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    /** Rounds, and lets gradients pass doubled. */
    private static Tensor rounded(Tensor x) {
        return Ops.customGradient(in -> new Ops.WithGradient(List.of(Ops.round(in.get(0))),
                g -> List.of(Ops.multiply(g.get(0), 2))), List.of(x)).get(0);
    }

    private static List<Tensor> valueAndGradient(Tensor x) {
        try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            Tensor y = Ops.multiply(rounded(Ops.multiply(x, 3)), 5);
            Tensor gradient = tape.gradient(Ops.sum(y), x);
            return List.of(tape.keep(y), tape.keep(gradient));
        }
    }

    @Test
    void customGradient_betweenOps_isUsed() {
        List<Tensor> both = valueAndGradient(Tensor.of(new float[] {0.3f, 1}));
        assertThat(both.get(0).toFloatArray()).containsExactly(5, 15);
        assertThat(both.get(1).toFloatArray()).containsExactly(30, 30);
    }

    @Test
    void customGradient_inCompiledStep_isUsed() {
        try (CompiledFunction step = new CompiledFunction(in -> valueAndGradient(in.get(0)))) {
            assertThat(step.call(List.of(Tensor.of(new float[] {0.3f, 1}))).get(1).toFloatArray()).containsExactly(30, 30);
        }
    }

    @Test
    void customGradient_ofAnotherType_isRefused() {
        Tensor x = Ops.ones(2);
        try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            Tensor y = Ops.customGradient(in -> new Ops.WithGradient(in, g -> List.of(Ops.sum(g.get(0)))), List.of(x)).get(0);
            assertThatThrownBy(() -> tape.gradient(y, x)).hasMessage("customGradient: a gradient of the type of each input is"
                    + " required. Received: float32[] for an input of float32[2]. Give zerosLike(x) where there is none.");
        }
    }

    @Test
    void customGradient_insideOfALoop_isRefused() {
        try (GradientTape tape = new GradientTape()) {
            Tensor x = Ops.ones(2);
            tape.watch(x);
            assertThatThrownBy(() -> Ops.map(CustomGradientTest::rounded, x))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("after the loop");
        }
    }

    @Test
    void jvp_ofProducts_isTheDirectionalDerivative() {
        Tensor x = Tensor.of(new float[] {1, 2});
        Tensor y = Tensor.of(new float[] {3, 4});
        Jvp jvp = Jvp.of(in -> List.of(Ops.multiply(in.get(0), in.get(1)), Ops.sum(Ops.square(in.get(0)))), List.of(x, y),
                List.of(Tensor.of(new float[] {1, 0}), Tensor.of(new float[] {0, 1})));
        assertThat(jvp.outputs().get(0).toFloatArray()).containsExactly(3, 8);
        assertThat(jvp.tangents().get(0).toFloatArray()).containsExactly(3, 2);
        assertThat(jvp.tangents().get(1).item()).isEqualTo(2);
    }
}
