package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Variable;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which optimizer changes which variable, by the variable's name: exactly, else by a regular expression that the whole
 * name matches, else the default.
 *
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public final class OptimizerMap implements Configurable {
    private static final String MODULE = "keras.optimizers";

    private final BaseOptimizer<?> defaultOptimizer;
    private final Map<String, BaseOptimizer<?>> byName = new LinkedHashMap<>();

    /** With the optimizer of all variables that are not mentioned. */
    public OptimizerMap(Optimizer defaultOptimizer) {
        this.defaultOptimizer = BaseOptimizer.requirePlain("OptimizerMap", defaultOptimizer);
    }

    static OptimizerMap from(JsonNode description) {
        JsonNode config = description.get("config");
        OptimizerMap map = new OptimizerMap(Optimizers.registry().deserialize(config.get("default_optimizer")));
        config.get("optimizer_map").fields().forEachRemaining(
                entry -> map.put(entry.getKey(), Optimizers.registry().deserialize(entry.getValue())));
        return map;
    }

    /**
     * Sets the optimizer of some variables.
     *
     * @param name of a variable, or a regular expression such as {@code "encoder/.*"}
     * @throws IllegalArgumentException if the name has been set already
     */
    public OptimizerMap put(String name, Optimizer optimizer) {
        if (byName.containsKey(name)) {
            throw new IllegalArgumentException(
                    "OptimizerMap: each name once is required. Received: \"" + name + "\" again.");
        }
        byName.put(name, BaseOptimizer.requirePlain("OptimizerMap", optimizer));
        return this;
    }

    /** Those of the names in the order in which they were set, then the default; each once. */
    List<BaseOptimizer<?>> optimizers() {
        List<BaseOptimizer<?>> all = new ArrayList<>(byName.values());
        all.add(defaultOptimizer);
        return all.stream().distinct().toList();
    }

    BaseOptimizer<?> of(Variable variable) {
        BaseOptimizer<?> exact = byName.get(variable.name());
        if (exact != null) {
            return exact;
        }
        List<String> matching = byName.keySet().stream()
                .filter(pattern -> Pattern.matches(pattern, variable.name())).toList();
        if (matching.size() > 1) {
            throw new IllegalArgumentException("OptimizerMap: one optimizer for each variable is required. Received: "
                    + variable + ", which matches " + matching + ".");
        }
        return matching.isEmpty() ? defaultOptimizer : byName.get(matching.get(0));
    }

    ObjectNode serialize() {
        ObjectNode result = Json.object().put("module", MODULE).put("class_name", className());
        result.set("config", config());
        return result.putNull("registered_name");
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        config.set("default_optimizer", Optimizers.registry().serialize(defaultOptimizer));
        ObjectNode map = config.putObject("optimizer_map");
        byName.forEach((name, optimizer) -> map.set(name, Optimizers.registry().serialize(optimizer)));
        return config;
    }
}
