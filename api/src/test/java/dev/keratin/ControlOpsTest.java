package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.autodiff.GradientTape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loops and conditions, eagerly and in compiled steps. */
class ControlOpsTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    /** What a function gives eagerly and compiled, which must be equal. */
    private static float[] both(Function<Tensor, Tensor> function, float... x) {
        Tensor input = Tensor.of(x, x.length);
        float[] eager = function.apply(input).toFloatArray();
        try (CompiledFunction compiled = new CompiledFunction(in -> List.of(function.apply(in.get(0))))) {
            assertThat(compiled.call(List.of(input)).get(0).toFloatArray()).containsExactly(eager);
        }
        return eager;
    }

    @Test
    void cond_eitherBranch_usesTensorsFromOutside() {
        Tensor outside = Tensor.of(10f);
        Function<Tensor, Tensor> function =
                x -> Ops.cond(Ops.greater(Ops.sum(x), 0), () -> Ops.multiply(x, outside), () -> Ops.negative(x));
        assertThat(both(function, 1, 2)).containsExactly(10, 20);
        assertThat(both(function, -1, -2)).containsExactly(1, 2);
    }

    @Test
    void switchCase_indexOutside_takesFirstOrLast() {
        Function<Tensor, Tensor> function = x -> Ops.switchCase(Ops.cast(Ops.sum(x), "int32"),
                List.of(() -> List.of(Ops.add(x, 1)), () -> List.of(Ops.add(x, 2)), () -> List.of(Ops.add(x, 3)))).get(0);
        assertThat(both(function, -7)).containsExactly(-6);
        assertThat(both(function, 1)).containsExactly(3);
        assertThat(both(function, 9)).containsExactly(12);
    }

    @Test
    void whileLoop_untilSumIsLarge_runsAsOftenAsNeeded() {
        assertThat(both(x -> Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), 20), s -> List.of(Ops.multiply(s.get(0), 2)),
                List.of(x)).get(0), 1, 2)).containsExactly(8, 16);
        assertThat(both(x -> Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), 20), s -> List.of(Ops.multiply(s.get(0), 2)),
                List.of(x), 2).get(0), 1, 2)).containsExactly(4, 8);
    }

    /** The gradient of a loop's results with respect to what it begins with and to a tensor from outside, one after the other. */
    private static Tensor gradientOfLoop(Tensor x, float limit, int most) {
        Tensor factor = Ops.add(Ops.multiply(x, 0), 3);
        try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            tape.watch(factor);
            List<Tensor> last = Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), limit),
                    s -> List.of(Ops.multiply(Ops.square(s.get(0)), factor), Ops.add(s.get(1), 1)), List.of(x, Tensor.of(0)), most);
            Tensor target = Ops.sum(Ops.multiply(last.get(0), Ops.cast(Ops.add(last.get(1), 1), "float32")));
            return Ops.concatenate(List.of(tape.gradient(target, x), orZeros(tape.gradient(target, factor), factor)), 0);
        }
    }

    private static Tensor orZeros(@Nullable Tensor gradient, Tensor like) {
        return gradient == null ? Ops.zerosLike(like) : gradient;
    }

    @Test
    void whileLoop_gradientWithGreatestNumberOfSteps_isThatOfTheStepsRun() {
        // One step, then 12 >= 10: the target is 2 * 3 x^2, at x = 2.
        assertThat(both(x -> gradientOfLoop(x, 10, 9), 2)).containsExactly(24, 8);
        // Two steps, which are all that there may be: the target is 3 * 3 (3 x^2)^2.
        assertThat(both(x -> gradientOfLoop(x, 1e9f, 2), 1)).containsExactly(324, 81);
        assertThat(both(x -> gradientOfLoop(x, -1, 9), 2)).containsExactly(1, 0);
        assertThat(both(x -> gradientOfLoop(x, 10, 0), 2)).containsExactly(1, 0);
    }

    @Test
    void whileLoop_gradientInsideOfScan_isThatOfEachStep() {
        assertThat(both(x -> Ops.map(slice -> Ops.sum(gradientOfLoop(Ops.expandDims(slice, 0), 10, 4)), x), 2, 20)).containsExactly(32, 1);
        Function<Tensor, Tensor> outer = x -> {
            try (GradientTape tape = new GradientTape()) {
                tape.watch(x);
                Tensor y = Ops.map(slice -> Ops.whileLoop(s -> Ops.less(s.get(0), 10), s -> List.of(Ops.square(s.get(0))),
                        List.of(slice), 5).get(0), x);
                return tape.gradient(y, x);
            }
        };
        assertThat(both(outer, 2, 20, 3)).containsExactly(4 * 8, 1, 4 * 27);
    }

    @Test
    void tape_inCompiledStep_leavesTensorsMadeThereOpen() {
        assertThat(both(x -> {
            try (GradientTape tape = new GradientTape()) {
                tape.watch(x);
                return tape.gradient(Ops.multiply(x, Tensor.of(3f)), x);
            }
        }, 2)).containsExactly(3);
    }

    @Test
    void whileLoop_gradientWithoutGreatestNumberOfStepsInCompiledStep_isRefused() {
        try (CompiledFunction compiled = new CompiledFunction(in -> {
            try (GradientTape tape = new GradientTape()) {
                tape.watch(in.get(0));
                Tensor y = Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), 10), s -> List.of(Ops.square(s.get(0))), in).get(0);
                return List.of(tape.gradient(y, in.get(0)));
            }
        })) {
            assertThatThrownBy(() -> compiled.call(List.of(Tensor.of(2f)))).hasMessage("whileLoop: a greatest number of steps is"
                    + " required to differentiate through it in a compiled step. Received: a loop without. Give maximumIterations,"
                    + " or use scan or foriLoop.");
        }
    }

    @Test
    void foriLoop_indexAndState_areHandedOn() {
        assertThat(both(x -> Ops.foriLoop(1, 4, (i, s) -> List.of(Ops.add(s.get(0), Ops.cast(i, "float32"))), List.of(x)).get(0), 0, 1))
                .containsExactly(6, 7);
        assertThat(both(x -> Ops.foriLoop(3, 3, (i, s) -> List.of(Ops.negative(s.get(0))), List.of(x)).get(0), 5)).containsExactly(5);
    }

    @Test
    void scan_reversed_outputsKeepTheirPlace() {
        Function<Tensor, Tensor> sums = x -> Ops.scan((c, s) -> {
            Tensor next = Ops.add(c.get(0), s.get(0));
            return new Ops.Scanned(List.of(next), List.of(next));
        }, List.of(Ops.zeros()), List.of(x), true).outputs().get(0);
        assertThat(both(sums, 1, 2, 3)).containsExactly(6, 5, 3);
    }

    @Test
    void scan_gradient_flowsToCarriesSequencesAndCaptures() {
        Variable factor = new Variable(Tensor.of(2f), true, "factor");
        Tensor x = Tensor.of(new float[] {1, 2, 3});
        try (GradientTape tape = new GradientTape()) {
            Tensor last = Ops.scan((c, s) -> new Ops.Scanned(
                    List.of(Ops.add(Ops.multiply(c.get(0), factor.value()), s.get(0))), List.of()),
                    List.of(Ops.zeros()), List.of(x)).carries().get(0);
            assertThat(last.item()).isEqualTo(11);
            assertThat(tape.gradient(last, List.of(factor)).get(0).item()).isEqualTo(6);
        }
    }

    @Test
    void map_eachSlice_isStacked() {
        assertThat(both(x -> Ops.map(row -> Ops.sum(row, 0, true), Ops.reshape(x, 2, 2)), 1, 2, 3, 4)).containsExactly(3, 7);
        assertThat(both(x -> Ops.vectorizedMap(Ops::square, x), 1, 2)).containsExactly(1, 4);
    }

    @Test
    void associativeScan_bothWays_isRunningSum() {
        assertThat(both(x -> Ops.associativeScan(Ops::add, x), 1, 2, 3, 4, 5)).containsExactly(1, 3, 6, 10, 15);
        assertThat(both(x -> Ops.associativeScan(Ops::maximum, x, true, 0), 1, 5, 2)).containsExactly(5, 5, 2);
    }

    @Test
    void scan_bodyThatAssigns_isRefused() {
        Variable counter = new Variable(Tensor.of(0f), false, "counter");
        assertThatThrownBy(() -> Ops.map(x -> {
            counter.assign(x);
            return x;
        }, Tensor.of(new float[] {1}))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("counter").hasMessageContaining("Carry the value");
    }
}
