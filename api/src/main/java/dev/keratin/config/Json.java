package dev.keratin.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the pieces that configurations are made of; absent and null are the same. */
public final class Json {
    /** Shared by all that parse or print JSON. Infinity and NaN are read and written bare, as Python does. */
    public static final ObjectMapper MAPPER = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private Json() {}

    /** A new empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A new array of whole numbers. */
    public static ArrayNode array(List<? extends Number> numbers) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        numbers.forEach(number -> array.add(number.longValue()));
        return array;
    }

    /** JSON as files hold it. */
    public static String written(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there is a value other than null. */
    public static boolean has(JsonNode config, String key) {
        return config.hasNonNull(key);
    }

    /** A number, or the default. */
    public static double number(JsonNode config, String key, double otherwise) {
        return has(config, key) ? config.get(key).asDouble() : otherwise;
    }

    /** A number, or null. */
    public static @Nullable Double number(JsonNode config, String key) {
        return has(config, key) ? config.get(key).asDouble() : null;
    }

    /** A whole number, or the default. */
    public static int integer(JsonNode config, String key, int otherwise) {
        return has(config, key) ? config.get(key).asInt() : otherwise;
    }

    /** A whole number, or null. */
    public static @Nullable Integer integer(JsonNode config, String key) {
        return has(config, key) ? config.get(key).asInt() : null;
    }

    /** A truth value, or the default. */
    public static boolean bool(JsonNode config, String key, boolean otherwise) {
        return has(config, key) ? config.get(key).asBoolean() : otherwise;
    }

    /** A string, or the default. */
    public static String text(JsonNode config, String key, String otherwise) {
        return has(config, key) ? config.get(key).asText() : otherwise;
    }

    /** A string, or null. */
    public static @Nullable String text(JsonNode config, String key) {
        return has(config, key) ? config.get(key).asText() : null;
    }

    /** Whole numbers; a single number counts as a list of one. */
    public static List<Integer> integers(JsonNode config, String key) {
        List<Integer> numbers = new ArrayList<>();
        if (has(config, key)) {
            JsonNode node = config.get(key);
            if (node.isArray()) {
                node.forEach(each -> numbers.add(each.asInt()));
            } else {
                numbers.add(node.asInt());
            }
        }
        return List.copyOf(numbers);
    }
}
