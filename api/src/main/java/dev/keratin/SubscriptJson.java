package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;

/** What stands in Python's brackets, between the text that {@link Ops#getItem} takes and the JSON of Keras's files. */
final class SubscriptJson {
    private static final List<String> ENDS = List.of("start", "stop", "step");

    private SubscriptJson() {}

    /** {@code "0, ..., 1:-1, None"} as a list of numbers, slices, ellipses and nulls. */
    static ArrayNode of(String key) {
        ArrayNode items = Json.MAPPER.createArrayNode();
        for (String item : key.split(",")) {
            if (!item.isBlank()) {
                items.add(item(item.strip()));
            }
        }
        return items;
    }

    /** The text for a list of items, or for one. */
    static String text(JsonNode key) {
        List<String> items = new ArrayList<>();
        if (key.isArray()) {
            key.forEach(item -> items.add(itemText(item)));
        } else {
            items.add(itemText(key));
        }
        return String.join(", ", items);
    }

    private static JsonNode item(String item) {
        if (item.equals("None") || item.equals("newaxis")) {
            return NullNode.instance;
        } else if (item.equals("...")) {
            ObjectNode ellipsis = Json.object().put("class_name", "__ellipsis__");
            ellipsis.putObject("config");
            return ellipsis;
        } else if (!item.contains(":")) {
            return number(item);
        }
        ObjectNode slice = Json.object().put("class_name", "__slice__");
        ObjectNode config = slice.putObject("config");
        String[] ends = item.split(":", -1);
        for (int i = 0; i < ENDS.size(); i++) {
            config.set(ENDS.get(i), i >= ends.length || ends[i].isBlank() ? NullNode.instance : number(ends[i].strip()));
        }
        return slice;
    }

    private static JsonNode number(String text) {
        long number = Long.parseLong(text);
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    private static String itemText(JsonNode item) {
        if (item.isNull()) {
            return "None";
        } else if (item.isIntegralNumber()) {
            return item.asText();
        } else if (item.path("class_name").asText().equals("__ellipsis__")) {
            return "...";
        } else if (item.path("class_name").asText().equals("__slice__")) {
            return String.join(":", ENDS.stream().map(end -> end(item.path("config").path(end))).toList());
        }
        throw new IllegalArgumentException("GetItem: whole numbers, slices, ellipses and None are required in brackets. Received: "
                + item + ". Use take or takeAlongAxis for indices that are tensors.");
    }

    private static String end(JsonNode end) {
        return end.isIntegralNumber() ? end.asText() : "";
    }
}
