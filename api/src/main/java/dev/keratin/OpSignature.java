package dev.keratin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Keras class that stands for a function of {@code keras.ops} in a graph, and its arguments.
 *
 * @param module Python's, such as {@code "keras.src.ops.numpy"}
 * @param className such as {@code "Clip"}
 * @param call what the function is called on, tensors first of all
 * @param init what the operation is made with, all but tensors
 */
record OpSignature(String module, String className, List<Parameter> call, List<Parameter> init) {
    /** How a parameter takes its arguments: one, all that are left, or all keywords that are left. */
    enum Kind {
        ONE, REST, KEYWORDS
    }

    /**
     * An argument.
     *
     * @param otherwise its value when it is not given; null where it must be
     */
    record Parameter(String name, Kind kind, @Nullable JsonNode otherwise) {}

    /** Reads {@code module.Class(x, y=default | axis=null)}. */
    static OpSignature parse(String line) {
        int open = line.indexOf('(');
        int bar = line.indexOf(" |", open);
        int dot = line.lastIndexOf('.', open);
        return new OpSignature(line.substring(0, dot), line.substring(dot + 1, open),
                parameters(line.substring(open + 1, bar)), parameters(line.substring(bar + 2, line.length() - 1)));
    }

    /** All parameters in the order in which nodes are made with them: first those of the call. */
    List<Parameter> all() {
        return Stream.concat(call.stream(), init.stream()).toList();
    }

    /**
     * The arguments by name that a configuration gives.
     *
     * @param config what the operation is made with
     * @param node {@code args} and {@code kwargs} of the call
     */
    ObjectNode bound(JsonNode config, JsonNode node) {
        ObjectNode values = Json.object();
        init.stream().filter(each -> config.has(each.name())).forEach(each -> values.set(each.name(), config.get(each.name())));
        JsonNode positional = node.path("args");
        ObjectNode keywords = node.path("kwargs").isObject() ? node.path("kwargs").deepCopy() : Json.object();
        int next = 0;
        for (Parameter parameter : call) {
            if (parameter.kind() == Kind.REST) {
                ArrayNode rest = values.putArray(parameter.name());
                for (; next < positional.size(); next++) {
                    rest.add(positional.get(next));
                }
            } else if (parameter.kind() == Kind.KEYWORDS) {
                values.set(parameter.name(), keywords.deepCopy());
                keywords.removeAll();
            } else if (next < positional.size()) {
                values.set(parameter.name(), positional.get(next++));
            } else if (keywords.has(parameter.name())) {
                values.set(parameter.name(), keywords.remove(parameter.name()));
            }
        }
        if (next < positional.size() || !keywords.isEmpty()) {
            throw new IllegalArgumentException(className + ": the arguments " + call.stream().map(Parameter::name).toList()
                    + " are required. Received: " + node + ". The file is of another version of Keras, or damaged.");
        }
        return values;
    }

    private static List<Parameter> parameters(String text) {
        List<Parameter> parameters = new ArrayList<>();
        for (String each : text.isBlank() ? new String[0] : text.strip().split(", ")) {
            parameters.add(parameter(each));
        }
        return List.copyOf(parameters);
    }

    private static Parameter parameter(String text) {
        if (text.startsWith("**")) {
            return new Parameter(text.substring(2), Kind.KEYWORDS, Json.object());
        } else if (text.startsWith("*")) {
            return new Parameter(text.substring(1), Kind.REST, Json.MAPPER.createArrayNode());
        }
        int equals = text.indexOf('=');
        return equals < 0 ? new Parameter(text, Kind.ONE, null)
                : new Parameter(text.substring(0, equals), Kind.ONE, json(text.substring(equals + 1)));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
