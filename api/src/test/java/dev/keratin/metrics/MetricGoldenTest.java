package dev.keratin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.goldens.Closeness;
import dev.keratin.goldens.GoldenCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MetricGoldenTest {
    /** Sums over 36 float32 samples; R2 and correlations subtract numbers of like size. */
    private static final Closeness CLOSE = new Closeness(3e-5, 2e-6);

    @TestFactory
    Stream<DynamicTest> result_keras_sameAfterEachBatch() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Metric metric = metric(golden);
            for (int batch = 0; batch < golden.json().get("results").size(); batch++) {
                update(metric, arguments(golden, batch));
                CLOSE.check(metric.result(), expected(golden, batch));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> update_compiled_gathersTheSame() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Metric metric = metric(golden);
            try (CompiledFunction step = new CompiledFunction(arguments -> {
                update(metric, arguments);
                return List.of();
            })) {
                for (int batch = 0; batch < golden.json().get("results").size(); batch++) {
                    step.call(arguments(golden, batch));
                    CLOSE.check(metric.result(), expected(golden, batch));
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> reset_afterBatches_startsAnew() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Metric metric = metric(golden);
            update(metric, arguments(golden, 1));
            metric.resetState();
            update(metric, arguments(golden, 0));
            CLOSE.check(metric.result(), expected(golden, 0));
        }));
    }

    @TestFactory
    Stream<DynamicTest> config_roundTrip_sameMetric() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            JsonNode config = metric(golden).config();
            Metric again = Metrics.registry().deserialize(Metrics.registry().serialize(metric(golden)));
            assertThat(again.config()).hasToString(config.toString());
            golden.arguments().fields().forEachRemaining(each ->
                    assertThat(config.get(each.getKey()).toString()).isEqualTo(each.getValue().toString()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> goldens_everyMetric_isCovered() {
        List<String> tested = cases().map(golden -> golden.text("metric")).distinct().toList();
        return Metrics.registry().names().stream().filter(name -> name.equals("AUC")
                        || Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase(Locale.ROOT)))
                .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(tested).contains(name)));
    }

    private static Stream<GoldenCase> cases() {
        return GoldenCase.table("metrics").stream();
    }

    private static Metric metric(GoldenCase golden) {
        return Metrics.registry().deserialize(
                Json.object().put("class_name", golden.text("metric")).set("config", golden.arguments()));
    }

    private static List<Tensor> arguments(GoldenCase golden, int batch) {
        List<Tensor> arguments = new ArrayList<>();
        for (String name : List.of("values_", "y_true_", "y_pred_", "sample_weight_")) {
            if (golden.has(name + batch)) {
                arguments.add(golden.tensor(name + batch));
            }
        }
        return arguments;
    }

    /** Targets, predictions and perhaps weights; without targets for a mean or sum of values. */
    private static void update(Metric metric, List<Tensor> arguments) {
        if (metric instanceof Mean) {
            ((Mean) metric).update(arguments.get(0), optional(arguments, 1));
        } else if (metric instanceof Sum) {
            ((Sum) metric).update(arguments.get(0), optional(arguments, 1));
        } else {
            metric.updateState(arguments.get(0), arguments.get(1), optional(arguments, 2));
        }
    }

    private static @Nullable Tensor optional(List<Tensor> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static double[] expected(GoldenCase golden, int batch) {
        JsonNode result = golden.json().get("results").get(batch);
        return result.isNumber() ? new double[] {result.asDouble()}
                : Json.MAPPER.convertValue(result, double[].class);
    }
}
