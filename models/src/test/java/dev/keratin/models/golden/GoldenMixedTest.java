package dev.keratin.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Configuration;
import dev.keratin.DTypePolicy;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.layers.Layer;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import dev.keratin.models.OnBackends;
import dev.keratin.models.training.Compilation;
import dev.keratin.optimizers.LossScaleOptimizer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trains small models under mixed dtype policies on the batches that Keras was given, and holds losses, weights and loss
 * scales against those of Keras.
 */
class GoldenMixedTest extends OnBackends {
    /** Rounding to 8 bits at each layer, in another order than TensorFlow's, over 16 steps: relative, of a loss. */
    private static final double LOSS = 0.01;
    /**
     * The same of weights, as part of how far training has moved each array of them, by the Euclidean norm; Adam moves
     * weights by the sign of their gradients even where rounding decides it.
     */
    private static final double MOVED = 0.15;

    @AfterAll
    static void restorePolicy() {
        Configuration.setDTypePolicy((DTypePolicy) null);
    }

    static Stream<GoldenCase> cases() {
        return GoldenCase.read("training").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void training_underAMixedPolicy_goesAsInKeras(GoldenCase golden) {
        backends().forEach(backend -> {
            use(backend);
            train(golden);
        });
    }

    private static void train(GoldenCase golden) {
        Model model = model(golden);
        Tensor x = golden.arrays().get("x").tensor();
        Tensor y = golden.arrays().get("y").tensor();
        double[] losses = doubles(golden, "loss");
        for (int step = 0; step < losses.length; step++) {
            model.resetMetrics();
            double loss = model.trainOnBatch(Ops.take(x, Ops.scalar(DType.INT32, step), 0),
                    Ops.take(y, Ops.scalar(DType.INT32, step), 0)).get("loss");
            assertThat(loss).as("loss of step %d of %s", step, golden).isCloseTo(losses[step], within(losses[step]));
            checkScale(golden, model, step);
        }
        checkWeights(golden, model);
    }

    private static org.assertj.core.data.Offset<Double> within(double loss) {
        return org.assertj.core.data.Offset.offset(LOSS * loss);
    }

    private static Model model(GoldenCase golden) {
        JsonNode config = golden.config().get("model");
        Configuration.setDTypePolicy(golden.name().substring(0, golden.name().indexOf('/')));
        Model model = Models.fromConfig(config);
        model.compile(Compilation.from(golden.config().get("compile")));
        List<GoldenCase.Array> values = golden.numbered("weight");
        assertThat(model.weights()).hasSameSizeAs(values);
        for (int i = 0; i < values.size(); i++) {
            assertThat(model.weights().get(i).dtype()).as("weights are stored in").isEqualTo(DType.FLOAT32);
            model.weights().get(i).assign(values.get(i).tensor());
        }
        for (Layer layer : model.layers()) {
            assertThat(layer.config().get("dtype")).isEqualTo(dtypeOf(config, layer.name()));
        }
        return model;
    }

    private static JsonNode dtypeOf(JsonNode model, String layer) {
        for (JsonNode each : model.at("/config/layers")) {
            if (each.at("/config/name").asText().equals(layer)) {
                return each.at("/config/dtype");
            }
        }
        throw new AssertionError("no layer " + layer);
    }

    private static void checkScale(GoldenCase golden, Model model, int step) {
        if (!golden.arrays().containsKey("scale")) {
            assertThat(model.optimizer()).isNotInstanceOf(LossScaleOptimizer.class);
            return;
        }
        assertThat(model.optimizer()).isInstanceOf(LossScaleOptimizer.class);
        List<Variable> state = model.optimizer().variables();
        assertThat(state.get(3).value().item()).as("scale after step %d of %s", step, golden)
                .isEqualTo(doubles(golden, "scale")[step]);
        assertThat(state.get(2).value().item()).as("good steps after step %d of %s", step, golden)
                .isEqualTo(doubles(golden, "counter")[step]);
    }

    private static void checkWeights(GoldenCase golden, Model model) {
        if (golden.arrays().containsKey("iterations")) {
            assertThat(model.optimizer().iterations().value().item()).isEqualTo(doubles(golden, "iterations")[0]);
        }
        List<Variable> weights = model.weights();
        for (int i = 0; i < weights.size(); i++) {
            double[] start = doubles(golden, "weight_" + i);
            double[] wanted = doubles(golden, "final_weight_" + i);
            double[] found = weights.get(i).value().toDoubleArray();
            double error = distance(found, wanted);
            assertThat(error).as("%s of %s", weights.get(i).name(), golden).isLessThan(MOVED * distance(wanted, start));
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static double[] doubles(GoldenCase golden, String name) {
        return Ops.cast(golden.arrays().get(name).tensor(), DType.FLOAT64).toDoubleArray();
    }
}
