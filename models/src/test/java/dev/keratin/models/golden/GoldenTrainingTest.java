package dev.keratin.models.golden;


import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import dev.keratin.losses.Losses;
import dev.keratin.models.Model;
import dev.keratin.models.OnBackends;
import dev.keratin.models.training.Compilation;
import dev.keratin.optimizers.Optimizers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Trains whole models for ten steps as Keras did: from the same weights, on the same batches, with every optimizer and the
 * losses. The loss of each step, the weights at the end and what they predict are those of Keras. The resource
 * {@code known-failures.txt} lists what differs.
 */
class GoldenTrainingTest extends OnBackends {
    private static final List<GoldenCase> CASES = GoldenCase.read("trajectories");

    @TestFactory
    Stream<DynamicTest> trajectory_sameWeightsAndBatches_isThatOfKeras() {
        return backends().flatMap(backend -> CASES.stream()
                .map(golden -> DynamicTest.dynamicTest(backend + " training " + golden.name(), () -> {
                    use(backend);
                    GoldenLayersTest.run("training " + golden.name(), backend, () -> check(golden));
                })));
    }

    static GoldenCase named(String name) {
        return CASES.stream().filter(golden -> golden.name().equals(name)).findFirst().orElseThrow();
    }

    static void check(GoldenCase golden) {
        List<Tensor> x = tensors(golden, "x");
        List<Tensor> y = tensors(golden, "y");
        Model model = GoldenLayersTest.rebuild(golden, step(x, 0), "initial");
        model.compile(compilation(golden));
        Tolerance tolerance = Tolerance.of(golden, "loss_");
        double[] losses = golden.arrays().get("losses").tensor().toDoubleArray();
        for (int i = 0; i < losses.length; i++) {
            model.resetMetrics();
            tolerance.check("the loss of step " + i, Tensor.of(train(model, golden, step(x, i), step(y, i), i)),
                    Tensor.of(losses[i]));
        }
        checkWeights(golden, model.weights());
        List<Tensor> outputs = model.call(step(x, 0), false);
        Tolerance ofWeights = Tolerance.of(golden, "weight_");
        for (int i = 0; i < outputs.size(); i++) {
            ofWeights.check("output " + i, outputs.get(i), golden.arrays().get("output_" + i).tensor());
        }
    }

    private static double train(Model model, GoldenCase golden, List<Tensor> x, List<Tensor> y, int step) {
        GoldenCase.Array weights = golden.arrays().get("sample_weight");
        Map<String, Double> logs = weights == null ? model.trainOnBatch(x, y)
                : model.trainOnBatch(x, y, Ops.take(weights.tensor(), step, 0));
        return logs.get("loss");
    }

    private static void checkWeights(GoldenCase golden, List<Variable> weights) {
        Tolerance all = Tolerance.of(golden, "weight_");
        JsonNode each = golden.tolerance().path("weight_atol_each");
        for (int i = 0; i < weights.size(); i++) {
            new Tolerance(all.relative(), each.path(i).asDouble(all.absolute())).check(weights.get(i).name(),
                    weights.get(i).value(), golden.arrays().get("final_" + i).tensor());
        }
    }

    private static List<Tensor> tensors(GoldenCase golden, String name) {
        return golden.numbered(name).stream().map(GoldenCase.Array::tensor).toList();
    }

    private static List<Tensor> step(List<Tensor> all, int step) {
        return all.stream().map(tensor -> Ops.take(tensor, step, 0)).toList();
    }

    private static Compilation compilation(GoldenCase golden) {
        JsonNode training = golden.training();
        Compilation compilation = new Compilation(Optimizers.registry().deserialize(training.get("optimizer")),
                loss(training.get("loss")));
        Map<String, Double> weights = new LinkedHashMap<>();
        training.path("loss_weights").fields().forEachRemaining(each -> weights.put(each.getKey(), each.getValue().asDouble()));
        return weights.isEmpty() ? compilation : compilation.lossWeights(weights);
    }

    /** A loss with its arguments, or one for each output by name. */
    private static Object loss(JsonNode loss) {
        if (loss.has("class_name")) {
            ObjectNode described = Json.object();
            described.set("class_name", loss.get("class_name"));
            described.set("config", loss.get("kwargs"));
            return Losses.registry().deserialize(described);
        }
        Map<String, Object> byName = new LinkedHashMap<>();
        loss.fields().forEachRemaining(each -> byName.put(each.getKey(), each.getValue().asText()));
        return byName;
    }
}
