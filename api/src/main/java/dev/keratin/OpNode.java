package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import dev.keratin.config.Names;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function of {@code keras.ops} with its arguments, as what a node of a functional model's graph calls. Files can hold
 * it, under the Keras class that stands for the function.
 */
public final class OpNode implements Operation {
    private final OpSignature signature;
    private final Function<OpArguments, List<Tensor>> function;
    private final ObjectNode arguments;
    private @Nullable String name;

    OpNode(OpSignature signature, Function<OpArguments, List<Tensor>> function, ObjectNode arguments) {
        this.signature = signature;
        this.function = function;
        this.arguments = arguments;
    }

    /** Its name, unique within a model; made from the class name when none was given. */
    @Override
    public String name() {
        String known = name;
        if (known == null) {
            known = Names.unique(Names.snakeCase(className()));
            name = known;
        }
        return known;
    }

    void setName(String newName) {
        name = newName;
    }

    /** The Keras class, such as {@code "Add"}. */
    public String className() {
        return signature.className();
    }

    @Override
    public List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags) {
        return function.apply(new OpArguments(signature, arguments, inputs));
    }

    /** What a Keras file says of the function and what it is made with. */
    public ObjectNode description() {
        ObjectNode described = Json.object().put("module", signature.module()).put("class_name", className());
        ObjectNode config = described.putObject("config").put("name", name());
        for (OpSignature.Parameter parameter : signature.init()) {
            JsonNode value = arguments.get(parameter.name());
            config.set(parameter.name(), value == null ? parameter.otherwise() : value);
        }
        return described.put("registered_name", className()).put("name", name());
    }

    /**
     * What a Keras file says of a call: {@code args} and {@code kwargs}.
     *
     * @param inputs of the node
     * @param symbolic describes a symbolic tensor
     */
    public ObjectNode call(List<Tensor> inputs, Function<SymbolicTensor, JsonNode> symbolic) {
        ObjectNode call = Json.object();
        ArrayNode positional = call.putArray("args");
        ObjectNode keywords = call.putObject("kwargs");
        for (OpSignature.Parameter parameter : signature.call()) {
            JsonNode given = arguments.get(parameter.name());
            JsonNode value = given == null ? parameter.otherwise() : given;
            if (given != null || value != null && value.isNull()) {
                add(parameter, described(value, inputs, symbolic), positional, keywords);
            }
        }
        return call;
    }

    private static void add(OpSignature.Parameter parameter, JsonNode value, ArrayNode positional, ObjectNode keywords) {
        switch (parameter.kind()) {
            case ONE -> {
                if (parameter.otherwise() == null) {
                    positional.add(value);
                } else {
                    keywords.set(parameter.name(), value);
                }
            }
            case REST -> value.forEach(positional::add);
            case KEYWORDS -> keywords.setAll((ObjectNode) value);
        }
    }

    private static JsonNode described(JsonNode value, List<Tensor> inputs, Function<SymbolicTensor, JsonNode> symbolic) {
        return OpValues.replaced(value, part -> {
            int place = OpValues.placeOf(part);
            if (place < 0) {
                return null;
            }
            Tensor input = inputs.get(place);
            return input instanceof SymbolicTensor placeholder ? symbolic.apply(placeholder) : OpValues.described(input);
        });
    }
}
