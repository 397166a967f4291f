package dev.keratin.optimizers.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected values: Keras (src/test/golden/optimizers/generate_schedules.py). */
class LearningRateScheduleTest {
    /** Some float32 roundings of numbers up to 1; at restarts differences of neighbours are taken. */
    private static final double ROUNDING = 1e-6;

    static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = LearningRateScheduleTest.class.getResourceAsStream("schedules.json")) {
            Json.MAPPER.readTree(in).forEach(cases::add);
        }
        return cases;
    }

    private static LearningRateSchedule make(JsonNode row) {
        return LearningRateSchedules.registry().deserialize(row.get("schedule"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void call_ofEachStep_followsKeras(JsonNode row) {
        LearningRateSchedule schedule = make(row);
        for (long step = 0; step < row.get("values").size(); step++) {
            try (Tensor number = Tensor.of(step); Tensor rate = schedule.call(number)) {
                assertThat(rate.type()).hasToString("float32[]");
                assertThat(rate.item()).as("step " + step)
                        .isCloseTo(row.get("values").get((int) step).asDouble(), within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void call_compiled_followsKeras(JsonNode row) {
        LearningRateSchedule schedule = make(row);
        try (CompiledFunction compiled = new CompiledFunction(in -> List.of(schedule.call(in.get(0))))) {
            for (long step = 0; step < row.get("values").size(); step++) {
                double rate = compiled.call(List.of(Tensor.of(step))).get(0).item();
                assertThat(rate).as("step " + step)
                        .isCloseTo(row.get("values").get((int) step).asDouble(), within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void config_afterRoundTrip_isThatOfKeras(JsonNode row) {
        assertThat(LearningRateSchedules.registry().serialize(make(row))).hasToString(row.get("schedule").toString());
    }

    @Test
    void cases_together_coverEverySchedule() throws IOException {
        assertThat(cases().stream().map(row -> row.get("schedule").get("class_name").asText()).distinct())
                .containsExactlyInAnyOrderElementsOf(LearningRateSchedules.registry().names());
    }

    @Test
    void piecewise_withTooFewValues_isRefused() {
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(1L, 2L), List.of(0.1, 0.2)))
                .hasMessageContaining("one more value than boundaries").hasMessageContaining("[1, 2]");
    }

    @Test
    void decay_overNoSteps_isRefused() {
        assertThatThrownBy(() -> new CosineDecay(0.1, 0))
                .hasMessage("CosineDecay: decaySteps above 0 are required. Received: 0.");
    }
}
