package dev.keratin.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the progress bar against what Keras prints at the same events and times, character by character. */
class ProgressBarTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private double seconds;

    private record Case(JsonNode values) {
        @Override
        public String toString() {
            return values.get("name").asText();
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(ProgressBarTest.class.getResourceAsStream("progress.json"))) {
            return StreamSupport.stream(JSON.readTree(in).spliterator(), false).map(Case::new).toList().stream();
        }
    }

    private ProgressBar bar(boolean animated, int epochs, int steps) {
        return new ProgressBar(new ProgressBar.Display(new PrintStream(printed, true, StandardCharsets.UTF_8), animated,
                () -> Math.round(seconds * 1e9)), epochs, steps);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void text_sameEvents_isThatOfKeras(Case golden) {
        JsonNode values = golden.values();
        ProgressBar bar = bar(values.get("verbose").asInt() == 1, values.get("epochs").asInt(), values.get("steps").asInt());
        values.get("events").forEach(event -> tell(bar, event));
        assertThat(printed()).isEqualTo(values.get("text").asText());
    }

    private void tell(ProgressBar bar, JsonNode event) {
        seconds = event.get("at").asDouble();
        int index = event.path("index").asInt();
        Map<String, Double> logs = new LinkedHashMap<>();
        event.path("logs").fields().forEachRemaining(each -> logs.put(each.getKey(), each.getValue().asDouble()));
        switch (event.get("event").asText()) {
            case "on_epoch_begin" -> bar.onEpochBegin(index);
            case "on_train_batch_end" -> bar.onTrainBatchEnd(index, logs);
            case "on_epoch_end" -> bar.onEpochEnd(index, logs);
            case "on_test_begin" -> bar.onTestBegin();
            case "on_test_batch_end" -> bar.onTestBatchEnd(index, logs);
            case "on_test_end" -> bar.onTestEnd(logs);
            case "on_predict_begin" -> bar.onPredictBegin();
            case "on_predict_batch_end" -> bar.onPredictBatchEnd(index);
            case "on_predict_end" -> bar.onPredictEnd();
            default -> throw new IllegalArgumentException(event.toString());
        }
    }

    @Test
    void text_stoppedEpoch_showsHowFarItCame() {
        ProgressBar bar = bar(false, 1, 45);
        bar.onEpochBegin(0);
        seconds = 1;
        bar.onTrainBatchEnd(0, Map.of("loss", 2.0));
        bar.onEpochEnd(0, Map.of("loss", 2.0));
        assertThat(printed()).isEqualTo(" 1/45 - 1s - 1s/step - loss: 2.0000\n");
    }
}
