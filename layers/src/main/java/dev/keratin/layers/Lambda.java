package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function without weights as a layer. Files hold only the function's name; before one is loaded, its functions must be
 * registered under their names. Python bytecode, which Keras may put into files, is never run: register a Java function
 * under the layer's name instead.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/lambda/">Keras: Lambda</a>
 */
public final class Lambda extends FluentLayer<Lambda> {
    private static final Map<String, Function<List<Tensor>, List<Tensor>>> FUNCTIONS = new ConcurrentHashMap<>();

    private final String function;
    private final Function<List<Tensor>, List<Tensor>> body;
    private ObjectNode written = Json.object();

    /** A function that was registered. */
    public Lambda(String function) {
        this("Lambda", function, function);
    }

    private Lambda(String who, String function, String suggested) {
        Function<List<Tensor>, List<Tensor>> known = FUNCTIONS.get(function);
        if (known == null) {
            throw new IllegalArgumentException(who + ": a registered Java function is required. Received: \"" + function
                    + "\". Known: " + new TreeSet<>(FUNCTIONS.keySet()) + ". Call Lambda.register(\"" + suggested
                    + "\", x -> ...) before.");
        }
        this.function = function;
        this.body = known;
    }

    /**
     * Registers a function of one tensor.
     *
     * @param name as files hold it
     * @param function safe for use by several threads
     */
    public static void register(String name, UnaryOperator<Tensor> function) {
        registerAll(name, inputs -> List.of(function.apply(inputs.get(0))));
    }

    /** Registers a function of several tensors, or with several results. */
    public static void registerAll(String name, Function<List<Tensor>, List<Tensor>> function) {
        FUNCTIONS.put(name, function);
    }

    static Lambda from(ObjectNode config) {
        String layer = Json.text(config, "name", "lambda");
        JsonNode function = config.path("function");
        if (function.path("class_name").asText().equals("__lambda__")) {
            requireRegistered(layer);
        }
        Lambda made = new Lambda("Lambda \"" + layer + "\"", name(layer, function), layer);
        made.configure(config);
        made.written = Json.object();
        for (String key : List.of("arguments", "output_shape", "mask")) {
            if (config.has(key)) {
                made.written.set(key, config.get(key));
            }
        }
        return made;
    }

    private static void requireRegistered(String layer) {
        if (!FUNCTIONS.containsKey(layer)) {
            throw new IllegalArgumentException("Lambda \"" + layer + "\": a function in Java is required. Received: Python"
                    + " bytecode, which is never run. Call Lambda.register(\"" + layer + "\", x -> ...) before loading, with"
                    + " what the Python function computes.");
        }
    }

    /** A text, or the name in {@code {"class_name": "function", "config": name, "registered_name": "package>name"}}. */
    private static String name(String layer, JsonNode function) {
        if (function.isTextual()) {
            return function.asText();
        }
        @Nullable String registered = Json.text(function, "registered_name");
        if (registered != null && FUNCTIONS.containsKey(registered)) {
            return registered;
        }
        return function.path("config").isTextual() ? function.path("config").asText() : layer;
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        return body.apply(inputs);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        ObjectNode description = config.putObject("function");
        description.put("module", "builtins");
        description.put("class_name", "function");
        description.put("config", function);
        description.put("registered_name", function);
        config.putObject("arguments");
        config.setAll(written);
        return config;
    }
}
