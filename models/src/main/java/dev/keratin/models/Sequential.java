package dev.keratin.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.InputLayer;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Layers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model that is a plain stack of layers; made by {@link Models#sequential}. Without an input it is built at its first
 * call.
 *
 * @see <a href="https://keras.io/guides/sequential_model/">Keras: the Sequential model</a>
 */
public final class Sequential extends Model {
    private final List<Layer> layers = new ArrayList<>();
    private @Nullable SymbolicTensor input;
    private @Nullable SymbolicTensor output;

    /** An empty stack. */
    public Sequential() {}

    /** A stack of layers; the first may be an {@link InputLayer}. */
    public Sequential(List<? extends Layer> layers) {
        layers.forEach(this::add);
    }

    static Sequential from(ObjectNode config) {
        Sequential model = new Sequential();
        model.configure(config);
        for (JsonNode layer : config.path("layers")) {
            model.add(Layers.registry().deserialize(layer));
        }
        return model;
    }

    /** Puts a layer on top. */
    public void add(Layer layer) {
        if (layer instanceof InputLayer inputLayer) {
            requireEmpty(layer);
            input = inputLayer.output();
            output = input;
            return;
        }
        if (layers.stream().anyMatch(each -> each != layer && each.name().equals(layer.name()))) {
            throw new IllegalArgumentException(who() + ": layers with different names are required. Received: another "
                    + layer.who() + ". Give it a name of its own with name(...).");
        }
        SymbolicTensor top = output;
        if (top == null && layer instanceof Model model && model.isGraph()) {
            input = Layers.batchInput(model.inputs().get(0).dtype(), model.inputs().get(0).shape());
            top = input;
        }
        if (top != null) {
            output = (SymbolicTensor) layer.apply(top);
            buildFor(input.shape());
        }
        layers.add(layer);
    }

    /** Takes the topmost layer off. */
    public void pop() {
        layers.remove(layers.size() - 1);
        SymbolicTensor top = input;
        for (Layer layer : top == null ? List.<Layer>of() : layers) {
            top = (SymbolicTensor) layer.apply(top);
        }
        output = top;
    }

    @Override
    public List<SymbolicTensor> inputs() {
        return input == null ? List.of() : List.of(input);
    }

    @Override
    public List<SymbolicTensor> outputs() {
        return output == null ? List.of() : List.of(output);
    }

    @Override
    public List<Layer> layers() {
        return java.util.Collections.unmodifiableList(layers);
    }

    @Override
    public Map<String, Object> children() {
        Map<String, Object> children = new LinkedHashMap<>();
        children.put("layers", layers);
        return children;
    }

    @Override
    protected boolean castsInputs() {
        return false;
    }

    @Override
    protected void checkInputs(List<TensorType> types) {
        if (!inputs().isEmpty()) {
            ModelInputs.check(who(), inputs(), types);
        }
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        if (input == null) {
            Shape shape = inputShapes.get(0);
            input = Layers.batchInput(computeDType(), shape.rank() > 0 ? shape.with(0, Shape.UNKNOWN) : shape);
            SymbolicTensor top = input;
            for (Layer layer : layers) {
                top = (SymbolicTensor) layer.apply(top);
            }
            output = top;
        }
    }

    @Override
    protected Tensor call(Tensor argument, CallContext context) {
        Tensor value = ModelInputs.adapt(inputs(), List.of(argument)).get(0);
        for (Layer layer : layers) {
            value = layer.call(value, context.training());
        }
        return value;
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> arguments, List<@Nullable Tensor> masks, List<Tensor> results) {
        return results.stream().map(Tensor::mask).collect(Collectors.toList());
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        ArrayNode described = config.putArray("layers");
        SymbolicTensor first = input;
        if (first != null) {
            described.add(Layers.registry().serialize((Layer) first.source().operation()));
        }
        layers.forEach(layer -> described.add(Layers.registry().serialize(layer)));
        if (first != null) {
            config.set("build_input_shape", shape(first.shape()));
        }
        return config;
    }

    private static ArrayNode shape(Shape shape) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (long dim : shape.dims()) {
            if (dim == Shape.UNKNOWN) {
                array.addNull();
            } else {
                array.add(dim);
            }
        }
        return array;
    }

    private void requireEmpty(Layer layer) {
        if (!layers.isEmpty() || input != null) {
            throw new IllegalArgumentException(who() + ": an input is required to come first. Received: " + layer.who()
                    + " after " + layers.size() + " layers. Put input(...) at the start.");
        }
    }
}
