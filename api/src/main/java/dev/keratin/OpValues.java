package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The arguments of ops as JSON. Tensors are taken out of it: a place holder says which of the inputs they are. */
final class OpValues {
    private static final String PLACE = "__input__";
    private static final double EXACT = 0x1p53;

    private OpValues() {}

    /** An argument as JSON; tensors anywhere in it are added to the inputs. */
    static JsonNode json(@Nullable Object value, List<Tensor> inputs) {
        if (value instanceof JsonNode node) {
            return node;
        } else if (value instanceof Tensor tensor) {
            inputs.add(tensor);
            return place(inputs.size() - 1);
        } else if (value instanceof List<?> list) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            list.forEach(each -> array.add(json(each, inputs)));
            return array;
        } else if (value instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < EXACT;
            return whole ? LongNode.valueOf(number.longValue()) : DoubleNode.valueOf(number);
        } else if (value instanceof Shape shape) {
            return Json.MAPPER.valueToTree(shape.dims());
        }
        return Json.MAPPER.valueToTree(value instanceof DType ? value.toString() : value);
    }

    /** What stands for an input. */
    static ObjectNode place(int input) {
        return Json.object().put(PLACE, input);
    }

    /** Which input a value stands for, or -1. */
    static int placeOf(JsonNode value) {
        return value.path(PLACE).asInt(-1);
    }

    /** A copy in which parts are replaced; where the function gives null, the parts of the part are looked at. */
    static JsonNode replaced(JsonNode value, Function<JsonNode, @Nullable JsonNode> function) {
        JsonNode other = function.apply(value);
        if (other != null || value.isValueNode()) {
            return other == null ? value : other;
        } else if (value.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            value.forEach(each -> array.add(replaced(each, function)));
            return array;
        }
        ObjectNode object = Json.object();
        value.fields().forEachRemaining(each -> object.set(each.getKey(), replaced(each.getValue(), function)));
        return object;
    }

    /** A tensor with the elements in Keras's form. */
    static ObjectNode described(Tensor tensor) {
        ObjectNode described = Json.object().put("class_name", "__tensor__");
        ObjectNode config = described.putObject("config");
        long[] next = {0};
        Object elements = tensor.dtype() == DType.BOOL ? tensor.toBooleanArray()
                : tensor.dtype().isFloating() ? tensor.toDoubleArray() : tensor.toLongArray();
        config.set("value", nested(Json.MAPPER.valueToTree(elements), tensor.shape(), 0, next));
        return described.set("config", config.put("dtype", tensor.dtype().toString()));
    }

    /** Reads Keras's {@code __tensor__} and {@code __numpy__}; null for anything else. */
    static @Nullable Tensor constant(JsonNode value) {
        String kind = value.path("class_name").asText();
        if (!kind.equals("__tensor__") && !kind.equals("__numpy__")) {
            return null;
        }
        return tensor(value.path("config").path("value"), DType.of(value.path("config").path("dtype").asText()));
    }

    /** A number or a nested list of numbers as a tensor; without a type int32, floatx or bool as the elements are. */
    static Tensor tensor(JsonNode value, @Nullable DType dtype) {
        List<JsonNode> elements = new ArrayList<>();
        List<Long> dims = new ArrayList<>();
        for (JsonNode first = value; first.isArray(); first = first.path(0)) {
            dims.add((long) first.size());
        }
        collect(value, dims, 0, elements);
        boolean whole = elements.stream().allMatch(JsonNode::isIntegralNumber);
        boolean truth = !elements.isEmpty() && elements.stream().allMatch(JsonNode::isBoolean);
        long[] shape = Shape.of(dims).dims();
        Tensor tensor = truth ? Tensor.of(booleans(elements), shape)
                : whole ? Tensor.of(elements.stream().mapToLong(JsonNode::longValue).toArray(), shape)
                : Tensor.of(elements.stream().mapToDouble(JsonNode::asDouble).toArray(), shape);
        DType usual = truth ? DType.BOOL : whole && !elements.isEmpty() ? DType.INT32 : Configuration.floatx();
        return OpsBase.cast(tensor, dtype == null ? usual : dtype);
    }

    private static void collect(JsonNode value, List<Long> dims, int axis, List<JsonNode> elements) {
        boolean leaf = axis == dims.size();
        if (leaf ? !value.isNumber() && !value.isBoolean() : !value.isArray() || value.size() != dims.get(axis)) {
            throw new IllegalArgumentException("tensor: numbers in lists of equal lengths are required. Received: " + value + ".");
        } else if (leaf) {
            elements.add(value);
        }
        value.forEach(each -> collect(each, dims, axis + 1, elements));
    }

    private static boolean[] booleans(List<JsonNode> elements) {
        boolean[] values = new boolean[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements.get(i).booleanValue();
        }
        return values;
    }

    private static JsonNode nested(JsonNode elements, Shape shape, int axis, long[] next) {
        if (axis == shape.rank()) {
            return elements.get((int) next[0]++);
        }
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (long i = 0; i < shape.dim(axis); i++) {
            array.add(nested(elements, shape, axis + 1, next));
        }
        return array;
    }
}
