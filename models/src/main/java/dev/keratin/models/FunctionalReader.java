package dev.keratin.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.OpTable;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.layers.InputLayer;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Layers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a functional model from Keras 3's JSON. Layers are called as soon as what they are called on is there; functions of
 * {@code keras.ops} when something needs their results, since Keras also writes the computation of masks as such, which here
 * come with the tensors.
 */
final class FunctionalReader {
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, JsonNode> ops = new HashMap<>();
    private final Map<String, List<List<SymbolicTensor>>> results = new HashMap<>();
    private final Set<String> opsBegun = new HashSet<>();
    private final ArisingMasks masks;

    private FunctionalReader(ObjectNode config) {
        Map<String, JsonNode> pending = new LinkedHashMap<>();
        masks = new ArisingMasks(config.path("layers"), ops);
        for (JsonNode described : config.path("layers")) {
            String name = described.path("name").asText(described.path("config").path("name").asText());
            results.put(name, new ArrayList<>());
            if (OpTable.describes(described)) {
                ops.put(name, described);
            } else {
                add(name, described, pending);
            }
        }
        boolean progress = true;
        while (progress && !pending.isEmpty()) {
            progress = pending.entrySet().removeIf(each -> callAll(each.getKey(), each.getValue()));
        }
        if (!pending.isEmpty()) {
            throw new IllegalArgumentException("Functional: layers that depend on the inputs only are required."
                    + " Received: a cycle or missing layers around " + pending.keySet() + ".");
        }
    }

    static Functional read(ObjectNode config) {
        FunctionalReader reader = new FunctionalReader(config);
        Functional model = new Functional(reader.tensors(config.get("input_layers")),
                reader.tensors(config.get("output_layers")));
        model.setName(Json.text(config, "name", model.name()));
        if (!Json.bool(config, "trainable", true)) {
            model.setTrainable(false);
        }
        return model;
    }

    private void add(String name, JsonNode described, Map<String, JsonNode> pending) {
        Layer layer = Layers.registry().deserialize(described);
        layers.put(name, layer);
        if (layer instanceof InputLayer input) {
            results.get(name).add(List.of(input.output()));
        } else {
            pending.put(name, described.path("inbound_nodes"));
        }
    }

    /** Makes the calls of a layer that are not made yet; true if none is left. */
    private boolean callAll(String name, JsonNode calls) {
        List<List<SymbolicTensor>> done = results.get(name);
        Layer layer = layers.get(name);
        while (done.size() < calls.size()) {
            JsonNode call = calls.get(done.size());
            List<SymbolicTensor> arguments = new ArrayList<>();
            layer.setCallArguments(plainArguments(call.path("kwargs")));
            if (!collect(call.path("args"), arguments) || !collect(withoutMask(layer, call.path("kwargs")), arguments)) {
                return false;
            }
            List<SymbolicTensor> outputs = new ArrayList<>();
            Set<String> flags = new HashSet<>(layer.callFlags());
            flags.removeIf(flag -> !Json.bool(call.path("kwargs"), flag, false));
            layer.applyAll(arguments, flags).forEach(output -> outputs.add((SymbolicTensor) output));
            done.add(outputs);
        }
        return true;
    }

    /** The keywords but for a mask that Keras computed as a layer does: it comes with the tensor. */
    private JsonNode withoutMask(Layer layer, JsonNode keywords) {
        JsonNode source = keywords.path("mask").path("config").path("keras_history").path(0);
        if (!ops.containsKey(source.asText())) {
            return keywords;
        } else if (!masks.arises(source.asText())) {
            throw new IllegalArgumentException(layer.who() + ": a mask that comes with the tensor, as Embedding and Masking make it,"
                    + " is required. Received: the result of the op " + source + ". Give the mask to a Masking layer before, or to"
                    + " a layer of your own.");
        }
        ObjectNode others = keywords.deepCopy();
        others.remove("mask");
        return others;
    }

    private static ObjectNode plainArguments(JsonNode arguments) {
        ObjectNode plain = Json.object();
        arguments.fields().forEachRemaining(each -> {
            if (each.getValue().isValueNode() && !each.getValue().isNull()) {
                plain.set(each.getKey(), each.getValue());
            }
        });
        return plain;
    }

    /** Adds the tensors anywhere below a node in order; false if one is not there yet. */
    private boolean collect(JsonNode node, List<SymbolicTensor> found) {
        JsonNode history = node.path("config").path("keras_history");
        if (history.isArray()) {
            SymbolicTensor tensor = tensor(history);
            return tensor != null && found.add(tensor);
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && !collect(child, found)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable SymbolicTensor tensor(JsonNode reference) {
        String name = reference.path(0).asText();
        List<List<SymbolicTensor>> calls = results.get(name);
        if (calls == null) {
            throw new IllegalArgumentException("Functional: the name of a layer of the model is required. Received: "
                    + reference + ".");
        }
        int call = reference.path(1).asInt();
        if (ops.containsKey(name) && call >= calls.size()) {
            callOp(name, calls);
        }
        return call < calls.size() && reference.path(2).asInt() < calls.get(call).size()
                ? calls.get(call).get(reference.path(2).asInt()) : null;
    }

    /** Makes the calls of a function if all that it is called on is there. */
    private void callOp(String name, List<List<SymbolicTensor>> done) {
        if (!opsBegun.add(name)) {
            return;
        }
        JsonNode described = ops.get(name);
        for (int i = done.size(); i < described.path("inbound_nodes").size(); i++) {
            JsonNode call = described.path("inbound_nodes").get(i);
            List<SymbolicTensor> inputs = new ArrayList<>();
            if (!collect(call, inputs)) {
                break;
            }
            done.add(OpTable.read(described, call, this::existing));
        }
        opsBegun.remove(name);
    }

    private Tensor existing(JsonNode described) {
        return required(described.path("config").path("keras_history"));
    }

    private List<SymbolicTensor> tensors(@Nullable JsonNode references) {
        List<SymbolicTensor> tensors = new ArrayList<>();
        if (references == null) {
            return tensors;
        }
        if (references.isArray() && references.size() == 3 && references.get(0).isTextual()) {
            tensors.add(required(references));
            return tensors;
        }
        for (JsonNode reference : references) {
            tensors.add(required(reference));
        }
        return tensors;
    }

    private SymbolicTensor required(JsonNode reference) {
        SymbolicTensor tensor = tensor(reference);
        if (tensor == null) {
            throw new IllegalArgumentException("Functional: a call that is in the file is required. Received: "
                    + reference + ".");
        }
        return tensor;
    }
}
