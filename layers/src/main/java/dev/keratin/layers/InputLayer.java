package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.DTypePolicy;
import dev.keratin.GraphNode;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where data enters a functional model; made by {@link Layers#input}.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/input/">Keras: Input</a>
 */
public final class InputLayer extends Layer {
    private final TensorType type;
    private @Nullable SymbolicTensor output;

    /**
     * An input.
     *
     * @param type with the batch axis first, usually {@link Shape#UNKNOWN}
     */
    public InputLayer(TensorType type) {
        this.type = type;
        setDTypePolicy(DTypePolicy.of("float32"));
    }

    /** What the data looks like, the batch axis first. */
    public TensorType type() {
        return type;
    }

    /** The tensor that stands for the data. */
    @Override
    public SymbolicTensor output() {
        SymbolicTensor known = output;
        if (known == null) {
            known = GraphNode.input(this, type);
            output = known;
        }
        return known;
    }

    static InputLayer from(ObjectNode config) {
        JsonNode shape = config.hasNonNull("batch_shape") ? config.get("batch_shape") : config.get("batch_input_shape");
        List<Long> dims = new ArrayList<>();
        if (shape != null) {
            shape.forEach(dim -> dims.add(dim.isNull() ? Shape.UNKNOWN : dim.asLong()));
        }
        InputLayer layer = new InputLayer(new TensorType(dtype(config.get("dtype")), Shape.of(dims)));
        layer.setName(Json.text(config, "name", layer.name()));
        return layer;
    }

    private static DType dtype(@Nullable JsonNode dtype) {
        return DTypePolicy.fromJson(dtype != null ? dtype : Json.object().textNode("float32")).computeDType();
    }

    @Override
    protected boolean castsInputs() {
        return false;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return input;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        ArrayNode shape = config.putArray("batch_shape");
        for (long dim : type.shape().dims()) {
            if (dim == Shape.UNKNOWN) {
                shape.addNull();
            } else {
                shape.add(dim);
            }
        }
        config.put("dtype", type.dtype().toString());
        config.put("sparse", false);
        config.put("ragged", false);
        config.put("name", name());
        config.put("optional", false);
        return config;
    }
}
