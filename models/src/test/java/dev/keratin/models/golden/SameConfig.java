package dev.keratin.models.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.layers.Layer;
import dev.keratin.models.Model;
import java.util.Iterator;
import java.util.TreeSet;

/** Compares configurations of layers key by key; numbers by value. */
final class SameConfig {
    private SameConfig() {}

    static void check(JsonNode expected, Model model) {
        for (JsonNode description : expected.path("config").path("layers")) {
            String name = description.path("config").path("name").asText();
            for (Layer layer : model.layers()) {
                if (layer.name().equals(name)) {
                    compare(layer.who(), description.get("config"), layer.config());
                }
            }
        }
    }

    private static void compare(String where, JsonNode expected, JsonNode actual) {
        if (actual == null) {
            throw new AssertionError(where + " is missing. In Keras: " + expected);
        } else if (expected.isObject() && actual.isObject()) {
            compareKeys(where, expected, actual);
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(where + "[" + i + "]", expected.get(i), actual.get(i));
            }
        } else if (!scalar(expected).equals(scalar(actual))) {
            throw new AssertionError(where + " differs: " + actual + ", in Keras " + expected);
        }
    }

    private static void compareKeys(String where, JsonNode expected, JsonNode actual) {
        TreeSet<String> more = keys(actual);
        more.removeAll(keys(expected));
        if (!more.isEmpty()) {
            throw new AssertionError(where + " has keys that Keras does not write: " + more);
        }
        for (String key : keys(expected)) {
            if (!isBuildDetail(key)) {
                compare(where + "." + key, expected.get(key), actual.get(key));
            }
        }
    }

    /** What Keras notes beside class and configuration of an inner layer. */
    private static boolean isBuildDetail(String key) {
        return key.equals("build_config") || key.equals("compile_config")
                || key.equals("shared_object_id") || key.equals("registered_name");
    }

    private static TreeSet<String> keys(JsonNode object) {
        TreeSet<String> keys = new TreeSet<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            keys.add(names.next());
        }
        return keys;
    }

    private static String scalar(JsonNode node) {
        return node.isNumber() ? String.valueOf(node.asDouble()) : node.isTextual() ? node.asText() : node.toString();
    }
}
