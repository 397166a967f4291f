package dev.keratin.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import dev.keratin.models.OnBackends;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds layers and models, rebuilt from the configurations that Keras saved, against what Keras computed with them. The
 * resource {@code known-failures.txt} lists what differs and why; a listed test that passes fails.
 */
class GoldenLayersTest extends OnBackends {
    private static final List<GoldenCase> CASES = Stream.of("activations", "conv", "pooling", "norm", "reshaping",
                    "regularization", "merging", "core", "attention", "recurrent", "models", "channels_first",
                    "preprocessing", "augmentation")
            .flatMap(category -> GoldenCase.read(category).stream()).toList();
    private static final Map<String, String> KNOWN = Listed.read("known-failures.txt");

    @TestFactory
    Stream<DynamicTest> outputs_sameWeightsAndInputs_areThoseOfKeras() {
        return onEach("outputs", GoldenLayersTest::checkOutputs);
    }

    @TestFactory
    Stream<DynamicTest> gradients_sameWeightsAndInputs_areThoseOfKeras() {
        return onEach("gradients", GoldenLayersTest::checkGradients);
    }

    @TestFactory
    Stream<DynamicTest> config_ofTheRebuiltLayers_isThatOfKeras() {
        return tests(JAVA, "config", golden -> SameConfig.check(golden.config(), Models.fromConfig(golden.config())));
    }

    private static Stream<DynamicTest> onEach(String what, Consumer<GoldenCase> check) {
        return backends().flatMap(backend -> tests(backend, what, check));
    }

    private static Stream<DynamicTest> tests(String backend, String what, Consumer<GoldenCase> check) {
        return CASES.stream()
                .map(golden -> DynamicTest.dynamicTest(backend + " " + what + " " + golden.name(), () -> {
                    use(backend);
                    run(what + " " + golden.name(), backend, () -> check.accept(golden));
                }));
    }

    /** Runs a check, which a line of {@code known-failures.txt} may expect to fail. */
    static void run(String test, String backend, Runnable check) {
        String reason = KNOWN.containsKey(test) ? KNOWN.get(test) : KNOWN.get(backend + " " + test);
        if (reason == null) {
            check.run();
            return;
        }
        try {
            check.run();
        } catch (AssertionError | RuntimeException expected) {
            return;
        }
        throw new AssertionError("listed in known-failures.txt (" + reason + ") but passes: remove the line");
    }

    private static Model rebuild(GoldenCase golden, List<Tensor> inputs) {
        return rebuild(golden, inputs, "weight");
    }

    /** The model of a case with the weights of a name. */
    static Model rebuild(GoldenCase golden, List<Tensor> inputs, String name) {
        Model model = Models.fromConfig(golden.config());
        model.call(inputs, false);
        List<Variable> weights = model.weights();
        List<GoldenCase.Array> values = golden.numbered(name);
        assertThat(weights).hasSameSizeAs(values);
        for (int i = 0; i < values.size(); i++) {
            assertThat(weights.get(i).shape()).as(weights.get(i).name()).isEqualTo(values.get(i).type().shape());
            weights.get(i).assign(Ops.cast(values.get(i).tensor(), weights.get(i).dtype()));
        }
        return model;
    }

    private static List<Tensor> inputs(GoldenCase golden) {
        return golden.numbered("input").stream().map(GoldenCase.Array::tensor).toList();
    }

    private static void checkOutputs(GoldenCase golden) {
        List<Tensor> inputs = inputs(golden);
        List<Tensor> outputs = rebuild(golden, inputs).call(inputs, false);
        List<GoldenCase.Array> expected = golden.numbered("output");
        assertThat(outputs).hasSameSizeAs(expected);
        Tolerance tolerance = Tolerance.of(golden, "");
        for (int i = 0; i < expected.size(); i++) {
            tolerance.check("output " + i, outputs.get(i), expected.get(i).tensor());
        }
    }

    private static void checkGradients(GoldenCase golden) {
        List<Tensor> inputs = inputs(golden);
        Model model = rebuild(golden, inputs);
        Tolerance tolerance = Tolerance.of(golden, "grad_");
        try (GradientTape tape = new GradientTape()) {
            inputs.forEach(tape::watch);
            Tensor product = product(golden, model.call(inputs, false));
            List<Variable> variables = model.trainableVariables();
            List<Tensor> found = tape.gradient(product, variables);
            for (int i = 0; i < variables.size(); i++) {
                check(golden, tolerance, "grad_weight_" + i, found.get(i));
            }
            for (int i = 0; i < inputs.size(); i++) {
                if (golden.arrays().containsKey("grad_input_" + i)) {
                    check(golden, tolerance, "grad_input_" + i, tape.gradient(product, inputs.get(i)));
                }
            }
        }
    }

    /** The sum of outputs times cotangents. */
    private static Tensor product(GoldenCase golden, List<Tensor> outputs) {
        Tensor sum = Ops.zeros();
        for (int i = 0; i < outputs.size(); i++) {
            GoldenCase.Array cotangent = golden.arrays().get("cotangent_" + i);
            if (cotangent != null) {
                Tensor wide = Ops.cast(outputs.get(i), cotangent.type().dtype());
                sum = Ops.add(sum, Ops.sum(Ops.multiply(wide, cotangent.tensor())));
            }
        }
        return sum;
    }

    private static void check(GoldenCase golden, Tolerance tolerance, String name, Tensor found) {
        GoldenCase.Array expected = golden.arrays().get(name);
        if (expected == null) {
            assertThat(found == null || allZero(found)).as(name + " is none in Keras").isTrue();
            return;
        }
        Tensor zeros = found != null ? found : Ops.zeros(expected.type().shape());
        tolerance.check(name, zeros, expected.tensor());
    }

    private static boolean allZero(Tensor tensor) {
        return java.util.Arrays.stream(tensor.toDoubleArray()).allMatch(value -> value == 0);
    }
}
