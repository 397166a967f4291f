package dev.keratin.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.GraphNode;
import dev.keratin.Operation;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.layers.InputLayer;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Layers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keras 3's JSON form of a functional model: layers with the calls ("inbound nodes") of each. */
final class FunctionalConfig {
    private FunctionalConfig() {}

    // ---- writing

    static ObjectNode write(Functional model) {
        ObjectNode config = Json.object();
        config.put("name", model.name());
        config.put("trainable", model.isTrainable());
        Map<GraphNode, Integer> indices = callIndices(model);
        ArrayNode layers = config.putArray("layers");
        for (Layer layer : model.layers()) {
            ObjectNode described = Layers.registry().serialize(layer);
            described.put("name", layer.name());
            ArrayNode calls = described.putArray("inbound_nodes");
            for (GraphNode node : model.nodes()) {
                if (node.operation() == layer && !node.inputs().isEmpty()) {
                    calls.add(call(node, indices));
                }
            }
            layers.add(described);
        }
        config.set("input_layers", references(model.inputs(), indices));
        config.set("output_layers", references(model.outputs(), indices));
        return config;
    }

    private static Map<GraphNode, Integer> callIndices(Functional model) {
        Map<Operation, Integer> counts = new IdentityHashMap<>();
        Map<GraphNode, Integer> indices = new IdentityHashMap<>();
        for (GraphNode node : model.nodes()) {
            if (!(node.operation() instanceof Layer)) {
                throw new IllegalArgumentException(model.who() + ": a graph of layers is required to write a configuration."
                        + " Received: the op \"" + node.operation().name() + "\" between them. Wrap it in a Lambda layer"
                        + " over a registered function.");
            }
            indices.put(node, counts.merge(node.operation(), 1, Integer::sum) - 1);
        }
        return indices;
    }

    private static ObjectNode call(GraphNode node, Map<GraphNode, Integer> indices) {
        ObjectNode call = Json.object();
        ArrayNode arguments = call.putArray("args");
        Layer layer = (Layer) node.operation();
        boolean list = node.inputs().size() > 1 && layer.takesList();
        ArrayNode tensors = list ? arguments.addArray() : arguments;
        ObjectNode keywords = layer.callArguments();
        node.flags().forEach(flag -> keywords.put(flag, true));
        for (int i = 0; i < node.inputs().size(); i++) {
            SymbolicTensor input = (SymbolicTensor) node.inputs().get(i);
            String keyword = layer.inputKeyword(input.type(), i);
            if (keyword == null) {
                tensors.add(tensor(input, indices));
            } else {
                addKeyword(keywords, keyword, tensor(input, indices));
            }
        }
        call.set("kwargs", keywords);
        return call;
    }

    /** One value stands alone, several are a list. */
    private static void addKeyword(ObjectNode keywords, String keyword, ObjectNode value) {
        JsonNode before = keywords.get(keyword);
        if (before == null) {
            keywords.set(keyword, value);
        } else if (before.isArray()) {
            ((ArrayNode) before).add(value);
        } else {
            keywords.putArray(keyword).add(before).add(value);
        }
    }

    private static ObjectNode tensor(SymbolicTensor tensor, Map<GraphNode, Integer> indices) {
        ObjectNode described = Json.object().put("class_name", "__keras_tensor__");
        ObjectNode config = described.putObject("config");
        ArrayNode shape = config.putArray("shape");
        for (long dim : tensor.shape().dims()) {
            if (dim == Shape.UNKNOWN) {
                shape.addNull();
            } else {
                shape.add(dim);
            }
        }
        config.put("dtype", tensor.dtype().toString());
        config.set("keras_history", reference(tensor, indices));
        return described;
    }

    /** A single tensor stands alone, as where Keras is given one and not a list. */
    private static ArrayNode references(List<SymbolicTensor> tensors, Map<GraphNode, Integer> indices) {
        if (tensors.size() == 1) {
            return reference(tensors.get(0), indices);
        }
        ArrayNode all = Json.MAPPER.createArrayNode();
        tensors.forEach(tensor -> all.add(reference(tensor, indices)));
        return all;
    }

    private static ArrayNode reference(SymbolicTensor tensor, Map<GraphNode, Integer> indices) {
        return Json.MAPPER.createArrayNode().add(tensor.source().operation().name())
                .add(indices.getOrDefault(tensor.source(), 0)).add(tensor.index());
    }

    // ---- reading

    static Functional read(ObjectNode config) {
        Reader reader = new Reader(config);
        Functional model = new Functional(reader.tensors(config.get("input_layers")),
                reader.tensors(config.get("output_layers")));
        model.setName(Json.text(config, "name", model.name()));
        if (!Json.bool(config, "trainable", true)) {
            model.setTrainable(false);
        }
        return model;
    }

    /** Calls layers as soon as what they are called on is there. */
    private static final class Reader {
        private static final Set<String> MASK_OPERATIONS = Set.of("NotEqual", "Any", "LogicalAnd", "LogicalOr");

        private final Map<String, Layer> layers = new LinkedHashMap<>();
        private final Map<String, List<List<SymbolicTensor>>> results = new HashMap<>();
        private final Set<String> maskOperations = new HashSet<>();

        Reader(ObjectNode config) {
            Map<String, JsonNode> pending = new LinkedHashMap<>();
            for (JsonNode described : config.path("layers")) {
                String name = described.path("name").asText(described.path("config").path("name").asText());
                if (isMaskOperation(described)) {
                    maskOperations.add(name);
                    continue;
                }
                Layer layer = Layers.registry().deserialize(described);
                layers.put(name, layer);
                results.put(name, new ArrayList<>());
                if (layer instanceof InputLayer input) {
                    results.get(name).add(List.of(input.output()));
                } else {
                    pending.put(name, described.path("inbound_nodes"));
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

        /** Keras writes the computation of masks as nodes of its own; here masks come with the tensors. */
        private static boolean isMaskOperation(JsonNode described) {
            return described.path("module").asText().startsWith("keras.src.ops")
                    && MASK_OPERATIONS.contains(described.path("class_name").asText());
        }

        /** Makes the calls of a layer that are not made yet; true if none is left. */
        private boolean callAll(String name, JsonNode calls) {
            List<List<SymbolicTensor>> done = results.get(name);
            while (done.size() < calls.size()) {
                JsonNode call = calls.get(done.size());
                List<SymbolicTensor> arguments = new ArrayList<>();
                layers.get(name).setCallArguments(plainArguments(call.path("kwargs")));
                ObjectNode keywords = call.path("kwargs").isObject() ? call.path("kwargs").deepCopy() : Json.object();
                if (isComputedMask(keywords.path("mask"))) {
                    keywords.remove("mask");
                }
                if (!collect(call.path("args"), arguments) || !collect(keywords, arguments)) {
                    return false;
                }
                List<SymbolicTensor> outputs = new ArrayList<>();
                Set<String> flags = new HashSet<>(layers.get(name).callFlags());
                flags.removeIf(flag -> !Json.bool(keywords, flag, false));
                layers.get(name).applyAll(arguments, flags).forEach(output -> outputs.add((SymbolicTensor) output));
                done.add(outputs);
            }
            return true;
        }

        private boolean isComputedMask(JsonNode tensor) {
            return maskOperations.contains(tensor.path("config").path("keras_history").path(0).asText());
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
            if (isComputedMask(node)) {
                throw new IllegalArgumentException("Functional: operations other than layers are required to be masks only."
                        + " Received: the result of " + history.get(0) + " as an input of a layer. Save the model with a Lambda"
                        + " layer over a registered function in its place.");
            }
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
            List<List<SymbolicTensor>> calls = results.get(reference.get(0).asText());
            if (calls == null) {
                throw new IllegalArgumentException("Functional: the name of a layer of the model is required. Received: "
                        + reference + ".");
            }
            int call = reference.get(1).asInt();
            return call < calls.size() ? calls.get(call).get(reference.get(2).asInt()) : null;
        }

        List<SymbolicTensor> tensors(@Nullable JsonNode references) {
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
}
