package dev.keratin.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
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

    /** x^2 with the gradient 10 x times the sign of what it is given, which no op has. */
    private static Tensor odd(Tensor x) {
        return Ops.customGradient(in -> new Ops.WithGradient(List.of(Ops.square(x)),
                g -> List.of(Ops.multiply(Ops.sign(g.get(0)), Ops.multiply(x, 10)))), List.of(x)).get(0);
    }

    private static Tensor gradient(UnaryOperator<Tensor> function, Tensor x) {
        try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            return tape.gradient(function.apply(x), x);
        }
    }

    private static void check(UnaryOperator<Tensor> function, float... expected) {
        Tensor x = Tensor.of(new float[] {1, -2, 3});
        assertThat(gradient(function, x).toFloatArray()).containsExactly(expected);
        try (CompiledFunction compiled = new CompiledFunction(in -> List.of(gradient(function, in.get(0))))) {
            assertThat(compiled.call(List.of(x)).get(0).toFloatArray()).containsExactly(expected);
        }
    }

    @Test
    void customGradient_insideOfLoops_isUsed() {
        check(x -> Ops.map(slice -> Ops.multiply(odd(slice), -7), x), -10, 20, -30);
        check(x -> Ops.map(slice -> Ops.whileLoop(s -> Ops.less(s.get(0), 5), s -> List.of(odd(s.get(0))), List.of(slice), 1).get(0), x),
                10, -20, 30);
        check(x -> Ops.map(slice -> Ops.cond(Ops.less(slice, 0), () -> slice, () -> odd(slice)), x), 10, 1, 30);
        check(x -> Ops.map(row -> Ops.map(CustomGradientTest::odd, row), Ops.reshape(x, 1, 3)), 10, -20, 30);
    }

    @Test
    void customGradient_insideOfALoopUnderASecondTape_isDifferentiated() {
        check(x -> gradient(y -> Ops.map(CustomGradientTest::odd, y), x), 10, 10, 10);
    }

    @Test
    void customGradient_ofAnotherTypeInsideOfALoop_isRefused() {
        UnaryOperator<Tensor> wrong = slice -> Ops.customGradient(
                in -> new Ops.WithGradient(in, g -> List.of(Ops.cast(g.get(0), "float64"))), List.of(slice)).get(0);
        assertThatThrownBy(() -> gradient(x -> Ops.map(wrong, x), Ops.ones(2))).hasMessage("customGradient: a gradient of the type"
                + " of each input is required. Received: [float32[]] and [float64[]]. Cast or broadcast the results.");
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
