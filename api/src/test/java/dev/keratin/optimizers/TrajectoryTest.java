package dev.keratin.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer with every option takes the same way as in Keras. */
class TrajectoryTest {
    /** A few float32 roundings a step over ten steps, in values of about 1. */
    private static final float TOLERANCE = 5e-6f;

    private TensorScope scope = new TensorScope();

    @BeforeEach
    void open() {
        scope = new TensorScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<String> cases() {
        return Trajectories.cases().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void apply_eagerly_followsKeras(String name) {
        Optimizer optimizer = Trajectories.optimizer(name);
        List<Variable> variables = Trajectories.variables();
        follow(name, optimizer, variables, gradients -> optimizer.apply(gradients, variables));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void apply_compiled_followsKeras(String name) {
        Optimizer optimizer = Trajectories.optimizer(name);
        List<Variable> variables = Trajectories.variables();
        optimizer.build(variables);
        try (CompiledFunction step = new CompiledFunction(gradients -> {
            optimizer.apply(gradients, variables);
            return List.of();
        })) {
            follow(name, optimizer, variables, step::call);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void config_afterRoundTrip_isThatOfKeras(String name) {
        assertThat(Optimizers.registry().serialize(Trajectories.optimizer(name)).toPrettyString())
                .isEqualTo(Trajectories.of(name).get("optimizer").toPrettyString());
    }

    private static void follow(
            String name, Optimizer optimizer, List<Variable> variables, Consumer<List<Tensor>> step) {
        List<Integer> kept = new ArrayList<>();
        Trajectories.DATA.get("kept_steps").forEach(each -> kept.add(each.asInt()));
        for (int i = 0; i < Trajectories.steps(); i++) {
            step.accept(Trajectories.gradients(i));
            if (kept.contains(i)) {
                JsonNode expected = Trajectories.of(name).get("kept").get(kept.indexOf(i));
                int number = i;
                IntStream.range(0, variables.size()).forEach(v -> assertClose(
                        variables.get(v), expected.get(v), variables.get(v).name() + " after step " + number));
            }
        }
        assertState(optimizer, Trajectories.of(name).get("state"));
    }

    private static void assertState(Optimizer optimizer, JsonNode expected) {
        List<Variable> state = optimizer.variables();
        assertThat(state).hasSameSizeAs(expected);
        for (int i = 0; i < state.size(); i++) {
            Variable variable = state.get(i);
            assertThat(variable.name()).isEqualTo(expected.get(i).get("name").asText());
            assertThat(variable.dtype()).hasToString(expected.get(i).get("dtype").asText());
            assertThat(variable.shape().toString()).isEqualTo(expected.get(i).get("shape").toString().replace(",", ", "));
            assertClose(variable, expected.get(i).get("values"), variable.name());
        }
    }

    private static void assertClose(Variable variable, JsonNode expected, String what) {
        float[] actual = variable.value().toFloatArray();
        float[] numbers = Trajectories.floats(expected);
        assertThat(actual).as(what).hasSameSizeAs(numbers);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as(what + "[" + i + "]")
                    .isCloseTo(numbers[i], offset(TOLERANCE * Math.max(1, Math.abs(numbers[i]))));
        }
    }
}
