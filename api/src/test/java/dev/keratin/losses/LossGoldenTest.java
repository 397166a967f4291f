package dev.keratin.losses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.config.Json;
import dev.keratin.goldens.Closeness;
import dev.keratin.goldens.GoldenCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LossGoldenTest {
    /** Both sides compute in float32; logarithms near 0 and cosines of cancelling sums lose the most. */
    private static final Closeness CLOSE = new Closeness(2e-5, 2e-6);

    @TestFactory
    Stream<DynamicTest> call_keras_sameLoss() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () ->
                CLOSE.check(loss(golden).call(golden.tensor("y_true"), golden.tensor("y_pred"), weight(golden)),
                        golden.values("loss"))));
    }

    @TestFactory
    Stream<DynamicTest> gradient_keras_sameGradient() {
        return cases().filter(golden -> golden.has("grad")).map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Tensor yPred = golden.tensor("y_pred");
            try (GradientTape tape = new GradientTape()) {
                tape.watch(yPred);
                Tensor loss = loss(golden).call(golden.tensor("y_true"), yPred, weight(golden));
                List<Tensor> gradients = tape.gradient(List.of(loss), List.of(yPred), List.of(golden.tensor("cotangent")));
                CLOSE.check(gradients.get(0), golden.values("grad"));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> call_compiled_equalsEager() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Loss loss = loss(golden);
            List<Tensor> arguments = new ArrayList<>(List.of(golden.tensor("y_true"), golden.tensor("y_pred")));
            Tensor weight = weight(golden);
            if (weight != null) {
                arguments.add(weight);
            }
            try (CompiledFunction compiled = new CompiledFunction(in ->
                    List.of(loss.call(in.get(0), in.get(1), in.size() == 3 ? in.get(2) : null)))) {
                double[] eager = loss.call(arguments.get(0), arguments.get(1), weight).toDoubleArray();
                CLOSE.check(compiled.call(arguments).get(0), eager);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> config_roundTrip_sameLoss() {
        return cases().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            ObjectNode config = loss(golden).config();
            Loss again = Losses.registry().deserialize(Losses.registry().serialize(loss(golden)));
            assertThat(again.config()).hasToString(config.toString());
            golden.arguments().fields().forEachRemaining(each ->
                    assertThat(config.get(each.getKey()).toString()).isEqualTo(each.getValue().toString()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> goldens_everyLoss_isCovered() {
        List<String> tested = cases().map(golden -> golden.text("loss")).distinct().toList();
        return Losses.registry().names().stream().map(name -> DynamicTest.dynamicTest(name, () ->
                assertThat(tested).contains(Losses.get(name).className())));
    }

    private static Stream<GoldenCase> cases() {
        return GoldenCase.table("losses").stream();
    }

    private static Loss loss(GoldenCase golden) {
        return Losses.registry().deserialize(
                Json.object().put("class_name", golden.text("loss")).set("config", golden.arguments()));
    }

    private static @Nullable Tensor weight(GoldenCase golden) {
        return golden.has("sample_weight") ? golden.tensor("sample_weight") : null;
    }
}
