package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.config.Json;

/** Arguments without a default. */
final class Required {
    private Required() {}

    static double number(String who, JsonNode config, String key) {
        return present(who, config, key).get(key).asDouble();
    }

    static int integer(String who, JsonNode config, String key) {
        return present(who, config, key).get(key).asInt();
    }

    static int[] integers(String who, JsonNode config, String key) {
        return Json.integers(present(who, config, key), key).stream().mapToInt(Integer::intValue).toArray();
    }

    private static JsonNode present(String who, JsonNode config, String key) {
        if (!Json.has(config, key)) {
            throw new IllegalArgumentException(who + ": the argument " + key + " is required. Received: " + config
                    + ". Use the class and its constructor instead of its name.");
        }
        return config;
    }
}
