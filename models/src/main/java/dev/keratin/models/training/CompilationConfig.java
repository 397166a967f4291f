package dev.keratin.models.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import dev.keratin.config.Registry;
import dev.keratin.losses.Loss;
import dev.keratin.losses.Losses;
import dev.keratin.metrics.Metric;
import dev.keratin.metrics.Metrics;
import dev.keratin.optimizers.Optimizers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code compile} as Keras files hold them, under {@code compile_config}. */
final class CompilationConfig {
    private CompilationConfig() {}

    static ObjectNode write(Compilation compilation) {
        ObjectNode config = Json.object();
        config.set("optimizer", Optimizers.registry().serialize(compilation.optimizer()));
        config.set("loss", node(compilation.givenLoss()));
        config.set("loss_weights", node(compilation.givenLossWeights()));
        config.set("metrics", node(compilation.givenMetrics()));
        config.set("weighted_metrics", node(compilation.givenWeightedMetrics()));
        config.put("run_eagerly", compilation.runsEagerly());
        config.put("steps_per_execution", 1);
        config.put("jit_compile", false);
        return config;
    }

    /** What is given as one object, a list or a map; an empty list is the same as nothing. */
    private static JsonNode node(@Nullable Object given) {
        if (given instanceof Loss loss) {
            return Losses.registry().serialize(loss);
        } else if (given instanceof Metric metric) {
            return Metrics.registry().serialize(metric);
        } else if (given instanceof Collection<?> all && !all.isEmpty()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            all.forEach(each -> array.add(node(each)));
            return array;
        } else if (given instanceof Map<?, ?> map) {
            ObjectNode object = Json.object();
            map.forEach((name, each) -> object.set(name.toString(), node(each)));
            return object;
        }
        return Json.MAPPER.valueToTree(given instanceof Collection ? null : given);
    }

    static Compilation read(JsonNode config) {
        Compilation compilation = new Compilation(Optimizers.registry().deserialize(config.path("optimizer")),
                given(config.get("loss"), each -> object(each, Losses.registry())));
        Object metrics = given(config.get("metrics"), each -> object(each, Metrics.registry()));
        Object weighted = given(config.get("weighted_metrics"), each -> object(each, Metrics.registry()));
        if (metrics != null) {
            compilation.metrics(metrics);
        }
        if (weighted != null) {
            compilation.weightedMetrics(weighted);
        }
        compilation.givenLossWeights(given(config.get("loss_weights"), JsonNode::asDouble));
        return compilation.runEagerly(Json.bool(config, "run_eagerly", false));
    }

    private static @Nullable Object given(@Nullable JsonNode node, Function<JsonNode, Object> leaf) {
        if (node == null || node.isNull()) {
            return null;
        } else if (node.isArray()) {
            List<@Nullable Object> all = new ArrayList<>();
            node.forEach(each -> all.add(given(each, leaf)));
            return all;
        } else if (node.isObject() && !node.has("class_name")) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.fields().forEachRemaining(each -> map.put(each.getKey(), given(each.getValue(), leaf)));
            return map;
        }
        return leaf.apply(node);
    }

    /** A name as it is, so that "accuracy" is resolved on data; a Python function by its name; else the object. */
    private static Object object(JsonNode node, Registry<?> registry) {
        if (node.isTextual()) {
            return node.asText();
        }
        boolean function = node.path("class_name").asText().equals("function") && node.path("config").isTextual();
        return registry.deserialize(function ? node.get("config") : node);
    }
}
