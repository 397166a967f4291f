package dev.keratin.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Functions made of functions. */
class FunctionsTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    private static final UnaryOperator<List<Tensor>> MATRIX_TIMES_VECTOR =
            Functions.vectorize(in -> List.of(Ops.matmul(in.get(0), in.get(1))), "(m, n), (n) -> (m)");

    @Test
    void vectorize_scalars_areStretched() {
        BinaryOperator<Tensor> larger = Functions.vectorize((a, b) -> Ops.cond(Ops.greater(a, b), () -> a, () -> Ops.negative(b)));
        Tensor result = larger.apply(Tensor.of(new float[][] {{1}, {5}}), Tensor.of(new float[] {2, 4}));
        assertThat(result.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(result.toFloatArray()).containsExactly(-2, -4, 5, 5);
    }

    @Test
    void vectorize_signature_namesTheInnerAxes() {
        Tensor matrices = Ops.reshape(Ops.cast(Ops.arange(24), "float32"), 2, 1, 3, 4);
        Tensor vectors = Ops.reshape(Ops.cast(Ops.arange(20), "float32"), 5, 4);
        Tensor expected = Ops.squeeze(Ops.matmul(matrices, Ops.expandDims(vectors, -1)), -1);
        assertThat(MATRIX_TIMES_VECTOR.apply(List.of(matrices, vectors)).get(0).toFloatArray()).containsExactly(expected.toFloatArray());
        try (CompiledFunction compiled = new CompiledFunction(MATRIX_TIMES_VECTOR::apply)) {
            Tensor result = compiled.call(List.of(matrices, vectors)).get(0);
            assertThat(result.shape()).isEqualTo(Shape.of(2, 5, 3));
            assertThat(result.toFloatArray()).containsExactly(expected.toFloatArray());
        }
    }

    @Test
    void vectorize_severalResultsAndNoOuterAxes_areThoseOfTheFunction() {
        UnaryOperator<List<Tensor>> function = Functions.vectorize(in -> List.of(Ops.sum(in.get(0)), Ops.negative(in.get(0))), "(n)->(),(n)");
        List<Tensor> results = function.apply(List.of(Tensor.of(new float[] {1, 2})));
        assertThat(results.get(0).shape()).isEqualTo(Shape.of());
        assertThat(results.get(0).item()).isEqualTo(3);
        assertThat(results.get(1).toFloatArray()).containsExactly(-1, -2);
    }

    @Test
    void vectorize_excludedInput_isHandedOnWhole() {
        UnaryOperator<List<Tensor>> function =
                Functions.vectorize(in -> List.of(Ops.multiply(in.get(1), Ops.sum(in.get(0)))), "()->()", 0);
        assertThat(function.apply(List.of(Tensor.of(new float[] {1, 2, 3}), Tensor.of(new float[] {1, 2}))).get(0).toFloatArray())
                .containsExactly(6, 12);
    }

    @Test
    void vectorize_axesThatDiffer_areRefused() {
        assertThatThrownBy(() -> MATRIX_TIMES_VECTOR.apply(List.of(Ops.zeros(3, 4), Ops.zeros(5)))).hasMessage(
                "vectorize: tensors with the axes of the signature are required. Received: \"(m, n), (n) -> (m)\" and"
                        + " [float32[3, 4], float32[5]]. Equal names stand for equal lengths.");
        assertThatThrownBy(() -> Functions.vectorize(in -> in, "n->n")).hasMessageContaining("a signature such as")
                .hasMessageContaining("Received: \"n->n\"");
    }

    @Test
    void jvp_inACompiledStep_isTheDirectionalDerivative() {
        Tensor x = Tensor.of(new float[] {1, 2, 3});
        try (CompiledFunction compiled = new CompiledFunction(
                in -> Functions.jvp(y -> List.of(Ops.sum(Ops.square(y.get(0)))), in, List.of(Ops.onesLike(in.get(0)))).tangents())) {
            assertThat(compiled.call(List.of(x)).get(0).item()).isEqualTo(12);
        }
    }
}
