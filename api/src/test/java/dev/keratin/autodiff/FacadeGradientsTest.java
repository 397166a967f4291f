package dev.keratin.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Backends;
import dev.keratin.Tensor;
import dev.keratin.functions.FunctionCase;
import dev.keratin.functions.FunctionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of all functions of the facades, against finite differences in float64. */
class FacadeGradientsTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    static Stream<FunctionCase> differentiable() {
        return FunctionTable.cases().stream().filter(each -> each.flat() == null);
    }

    static Stream<FunctionCase> flat() {
        return FunctionTable.cases().stream().filter(each -> each.flat() != null);
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void gradient_agreesWithFiniteDifferences(FunctionCase each) {
        FiniteDifferences.check(each.call(), each.inputs().toArray(new Tensor[0]));
    }

    /** What is said to have no gradient has none, or zeros: nothing that could be used is left out of the comparison. */
    @ParameterizedTest
    @MethodSource("flat")
    void gradient_ofAFunctionWithout_isZeroOrAbsent(FunctionCase each) {
        try (GradientTape tape = new GradientTape()) {
            each.inputs().forEach(tape::watch);
            List<Tensor> targets = new ArrayList<>();
            try {
                each.call(each.inputs()).stream().filter(y -> y.dtype().isFloating()).forEach(targets::add);
            } catch (IllegalArgumentException onlyForOtherTypes) {
                return;
            }
            for (Tensor target : targets) {
                for (Tensor input : each.inputs()) {
                    Tensor gradient = tape.gradient(target, input);
                    assertThat(gradient == null ? new double[1] : gradient.toDoubleArray()).containsOnly(0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void jvp_agreesWithFiniteDifferences(FunctionCase each) {
        FiniteDifferences.checkForward(each.call(), each.inputs().toArray(new Tensor[0]));
    }
}
