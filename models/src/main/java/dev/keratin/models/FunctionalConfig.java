package dev.keratin.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.GraphNode;
import dev.keratin.OpNode;
import dev.keratin.Operation;
import dev.keratin.SymbolicTensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Layers;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes Keras 3's JSON form of a functional model: layers and ops with the calls ("inbound nodes") of each. */
final class FunctionalConfig {
    private FunctionalConfig() {}

    static ObjectNode write(Functional model) {
        ObjectNode config = Json.object();
        config.put("name", model.name());
        config.put("trainable", model.isTrainable());
        Map<GraphNode, Integer> indices = callIndices(model);
        ArrayNode layers = config.putArray("layers");
        for (Operation operation : model.operations()) {
            ObjectNode described = describe(model, operation);
            ArrayNode calls = described.putArray("inbound_nodes");
            for (GraphNode node : model.nodes()) {
                if (node.operation() == operation && !node.inputs().isEmpty()) {
                    calls.add(call(node, indices));
                }
            }
            layers.add(described);
        }
        config.set("input_layers", references(model.inputs(), indices));
        config.set("output_layers", references(model.outputs(), indices));
        return config;
    }

    private static ObjectNode describe(Functional model, Operation operation) {
        if (operation instanceof Layer layer) {
            return Layers.registry().serialize(layer).put("name", layer.name());
        } else if (operation instanceof OpNode op) {
            return op.description();
        }
        throw new IllegalArgumentException(model.who() + ": a graph of layers and of ops that files can describe is required to"
                + " write a configuration. Received: the op \"" + operation.name() + "\" between them. Compute it in a Lambda layer"
                + " over a registered function, or in a layer of your own.");
    }

    private static Map<GraphNode, Integer> callIndices(Functional model) {
        Map<Operation, Integer> counts = new IdentityHashMap<>();
        Map<GraphNode, Integer> indices = new IdentityHashMap<>();
        for (GraphNode node : model.nodes()) {
            indices.put(node, counts.merge(node.operation(), 1, Integer::sum) - 1);
        }
        return indices;
    }

    private static ObjectNode call(GraphNode node, Map<GraphNode, Integer> indices) {
        if (node.operation() instanceof OpNode op) {
            return op.call(node.inputs(), input -> tensor(input, indices));
        }
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
}
