package dev.keratin.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.OpTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Tells the masks that layers make, whose computation Keras writes as functions between the layers, from those that a person
 * computes: the former begin by comparing what Embedding or Masking is called on with its mask value.
 */
final class ArisingMasks {
    /** What Concatenate gives the length of its inputs. */
    private static final Set<String> FILLED = Set.of("OnesLike", "ZerosLike");

    private final JsonNode layers;
    private final Map<String, JsonNode> ops;

    ArisingMasks(JsonNode layers, Map<String, JsonNode> ops) {
        this.layers = layers;
        this.ops = ops;
    }

    /** Whether the result of a function is a mask that a layer makes. */
    boolean arises(String op) {
        JsonNode described = ops.get(op);
        String className = described.path("class_name").asText();
        JsonNode call = described.path("inbound_nodes").path(0);
        if (className.equals("NotEqual")) {
            return StreamSupport.stream(layers.spliterator(), false).anyMatch(layer -> makes(layer, call.path("args")));
        }
        List<String> sources = call.findValues("keras_history").stream().map(history -> history.path(0).asText())
                .filter(ops::containsKey).toList();
        boolean passesOn = !className.equals("LogicalNot") && !sources.isEmpty();
        return FILLED.contains(className) || passesOn && sources.stream().allMatch(this::arises);
    }

    /** Whether a layer makes a mask by comparing a tensor with a number, or may, since it is a model. */
    private static boolean makes(JsonNode layer, JsonNode compared) {
        JsonNode config = layer.path("config");
        if (config.has("layers") && !OpTable.describes(layer)) {
            return true;
        }
        boolean masking = layer.path("class_name").asText().equals("Masking");
        double value = masking ? config.path("mask_value").asDouble() : 0;
        if (!masking && !config.path("mask_zero").asBoolean() || compared.path(1).asDouble(Double.NaN) != value) {
            return false;
        }
        JsonNode tensor = compared.path(0).at("/config/keras_history");
        return StreamSupport.stream(layer.path("inbound_nodes").spliterator(), false)
                .anyMatch(call -> call.path("args").path(0).at("/config/keras_history").equals(tensor));
    }
}
