package dev.keratin.models;

import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.lstm;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keratin.Ops;
import dev.keratin.backend.DType;
import dev.keratin.config.Names;
import dev.keratin.layers.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of summary, held against what Keras prints; models/src/test/golden/summary/generate.py says with what. */
class SummaryGoldenTest {
    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = SummaryGoldenTest.class.getResourceAsStream("summary.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void summary_options_printsWhatKerasPrints(JsonNode golden) {
        Names.reset();
        String text = make(golden.get("model").asText()).summaryText(options(golden.get("options")));

        assertThat(text).isEqualTo(golden.get("text").asText());
    }

    @Test
    void summary_rangeOfNoLayer_listsTheNames() {
        assertThatThrownBy(() -> stack().summary(SummaryOption.layerRange("norm", "dense"))).hasMessage("summary: names of"
                + " layers of stack are required as layerRange. Received: \"norm\" and \"dense\". The names are conv, norm,"
                + " flat, a_layer_with_a_rather_long_name_that_does_not_fit.");
    }

    @Test
    void summary_lineTooShort_saysSo() {
        assertThatThrownBy(() -> stack().summary(SummaryOption.lineLength(15))).hasMessage("summary: columns of at least 4"
                + " characters are required. Received: [6, 6, 3] from positions [0.45, 0.8, 1.0] and lineLength(15)."
                + " Give a greater lineLength, or positions further apart.");
    }

    @Test
    void summary_positionsOfOtherColumns_saysHowMany() {
        assertThatThrownBy(() -> stack().summary(SummaryOption.positions(0.3, 0.5, 0.7, 1))).hasMessage("summary: positions of"
                + " 3 columns are required for this model. Received: [0.3, 0.5, 0.7, 1.0]. The usual ones are [0.45, 0.8, 1.0].");
    }

    private static SummaryOption[] options(JsonNode golden) {
        List<SummaryOption> options = new ArrayList<>();
        golden.fields().forEachRemaining(field -> options.add(switch (field.getKey()) {
            case "line_length" -> SummaryOption.lineLength(field.getValue().asInt());
            case "positions" -> SummaryOption.positions(
                    StreamSupport.stream(field.getValue().spliterator(), false).mapToDouble(JsonNode::asDouble).toArray());
            case "expand_nested" -> SummaryOption.expandNested();
            case "show_trainable" -> SummaryOption.showTrainable();
            case "layer_range" -> SummaryOption.layerRange(field.getValue().get(0).asText(), field.getValue().get(1).asText());
            default -> throw new AssertionError(field.getKey());
        }));
        return options.toArray(SummaryOption[]::new);
    }

    private static Model make(String name) {
        return switch (name) {
            case "stack" -> stack();
            case "compiled" -> compiled();
            case "branches" -> branches();
            case "states" -> states();
            case "nested" -> nested();
            default -> throw new AssertionError(name);
        };
    }

    private static Model named(String name, Model model) {
        model.setName(name);
        return model;
    }

    private static Model stack() {
        Layer conv = conv2d(4, 3).name("conv");
        Model model = named("stack", sequential(input(8, 8, 1), conv, batchNormalization().name("norm"), flatten().name("flat"),
                dense(10).name("a_layer_with_a_rather_long_name_that_does_not_fit")));
        conv.setTrainable(false);
        return model;
    }

    private static Model compiled() {
        Model model = stack();
        model.compile("adam", "mse");
        model.optimizer().build(model.trainableVariables());
        return model;
    }

    private static Model branches() {
        var query = input("query", DType.FLOAT32, 16);
        var text = input("text", DType.FLOAT32, 16);
        var encoder = dense(8).name("encoder");
        var joined = concatenate().name("joined").apply(encoder.apply(query), encoder.apply(text));
        var total = Ops.sum(joined, 1);
        return named("branches", model(List.of(query, text), List.of(dense(1).name("score").apply(joined), total)));
    }

    private static Model states() {
        var steps = input("steps", DType.FLOAT32, 5, 3);
        return named("states", model(steps, lstm(4).returnState(true).name("memory").applyAll(List.of(steps))));
    }

    private static Model nested() {
        var innerIn = input("inner_in", DType.FLOAT32, 8);
        Model inner = named("inner", model(innerIn, dense(4).name("deep").apply(dense(8).name("wide").apply(innerIn))));
        Model middle = named("middle", sequential(input(8), inner, dropout(0.5).name("drop")));
        var x = input("x", DType.FLOAT32, 8);
        inner.setTrainable(false);
        return named("outer", model(x, add().name("sum").apply(middle.apply(x), dense(4).name("side").apply(x))));
    }
}
