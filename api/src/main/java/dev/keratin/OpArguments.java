package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that a function of {@code keras.ops} is called with, by their Keras names. What is not given has Keras's
 * default.
 */
public final class OpArguments {
    private final OpSignature signature;
    private final ObjectNode values;
    private final List<Tensor> inputs;

    /**
     * The arguments of a call.
     *
     * @param values as JSON, tensors as their {@link OpValues#place places} in the inputs
     */
    OpArguments(OpSignature signature, ObjectNode values, List<Tensor> inputs) {
        this.signature = signature;
        this.values = values;
        this.inputs = inputs;
    }

    /** What the function is called on first. */
    public Tensor first() {
        return tensor(signature.call().get(0).name());
    }

    /** The first of two tensors, of which one may be a number. */
    public Tensor left() {
        return tensor(signature.call().get(0).name(), signature.call().get(1).name());
    }

    /** The second of two tensors, of which one may be a number. */
    public Tensor right() {
        return tensor(signature.call().get(1).name(), signature.call().get(0).name());
    }

    /** A tensor; a number or nested list of numbers becomes one: int32, floatx or bool. */
    public Tensor tensor(String name) {
        return tensor(name, value(name));
    }

    /** A tensor or null. */
    public @Nullable Tensor optional(String name) {
        return isNull(name) ? null : tensor(name);
    }

    /** A list of tensors. */
    public List<Tensor> tensors(String name) {
        List<Tensor> tensors = new ArrayList<>();
        value(name).forEach(each -> tensors.add(tensor(name, each)));
        return tensors;
    }

    /** A tensor; a number becomes a scalar of the type that it has beside another tensor in Python. */
    public Tensor tensor(String name, String other) {
        JsonNode value = value(name);
        if (!value.isNumber() || OpValues.placeOf(value(other)) < 0) {
            return tensor(name);
        }
        Tensor beside = tensor(other);
        boolean floats = value.isFloatingPointNumber() && !beside.dtype().isFloating();
        return floats ? OpsBase.scalar(Configuration.floatx(), value.doubleValue()) : OpsBase.beside(beside, value.doubleValue());
    }

    /** Whether the argument is null. */
    public boolean isNull(String name) {
        return value(name).isNull();
    }

    /** Whether the argument is a list. */
    public boolean isList(String name) {
        return value(name).isArray();
    }

    /** Whether the argument is text. */
    public boolean isText(String name) {
        return value(name).isTextual();
    }

    /** A whole number. */
    public int integer(String name) {
        return (int) number(name);
    }

    /** A number. */
    public double number(String name) {
        JsonNode value = value(name);
        if (!value.isNumber()) {
            throw refused(name, "a number");
        }
        return value.doubleValue();
    }

    /** A truth value. */
    public boolean bool(String name) {
        return value(name).asBoolean();
    }

    /** A text. */
    public String text(String name) {
        if (!isText(name)) {
            throw refused(name, "a text");
        }
        return value(name).textValue();
    }

    /** Whole numbers; a single one counts as a list, null as none. */
    public int[] integers(String name) {
        return integers(name, value(name));
    }

    /** Two whole numbers; a single one counts for both. */
    public int[] both(String name) {
        int[] numbers = integers(name);
        return numbers.length == 1 ? new int[] {numbers[0], numbers[0]} : numbers;
    }

    /** Axes: a single one counts as a list, null is all axes of a tensor. */
    public int[] axes(String name, Tensor x) {
        return isNull(name) ? Axes.all(x) : integers(name);
    }

    /** Numbers. */
    public double[] numbers(String name) {
        return IntStream.range(0, value(name).size()).mapToDouble(i -> value(name).get(i).doubleValue()).toArray();
    }

    /** Lists of whole numbers; a single number {@code n} is the list of {@code [n, n]}. */
    public int[][] pairs(String name) {
        JsonNode value = value(name);
        if (value.isNumber()) {
            return new int[][] {{value.intValue(), value.intValue()}};
        } else if (value.size() > 0 && value.get(0).isNumber()) {
            return new int[][] {integers(name)};
        }
        return IntStream.range(0, value.size()).mapToObj(i -> integers(name, value.get(i))).toArray(int[][]::new);
    }

    /** Lengths: null and -1 are unknown. */
    public long[] lengths(String name) {
        JsonNode value = value(name);
        if (value.isNumber()) {
            return new long[] {value.longValue()};
        }
        return IntStream.range(0, value.size()).mapToLong(i -> value.get(i).isNull() ? -1 : value.get(i).longValue()).toArray();
    }

    /** A shape of known lengths. */
    public Shape shape(String name) {
        return Shape.of(lengths(name));
    }

    /** An element type. */
    public DType dtype(String name) {
        return DType.of(text(name));
    }

    /** An element type, or the default where the argument is null. */
    public DType dtype(String name, DType otherwise) {
        return isNull(name) ? otherwise : dtype(name);
    }

    /** What a function gives for the first tensor as one of the argument {@code dtype}, of that type, too, if it is not null. */
    public Tensor typed(UnaryOperator<Tensor> function) {
        DType type = isNull("dtype") ? first().dtype() : dtype("dtype");
        Tensor result = function.apply(OpsBase.cast(first(), type));
        return isNull("dtype") ? result : OpsBase.cast(result, type);
    }

    /** A data format; null is the configured one. */
    public String dataFormat() {
        return isNull("data_format") ? Configuration.imageDataFormat() : text("data_format");
    }

    /** The options {@code strides}, {@code padding}, {@code dilation_rate} and {@code data_format}, those that there are. */
    public WindowOptions window() {
        WindowOptions options = new WindowOptions().dataFormat(dataFormat());
        options = has("padding") ? options.padding(text("padding")) : options;
        options = has("strides") ? options.strides(integers("strides")) : options;
        options = has("dilation_rate") ? options.dilationRate(integers("dilation_rate")) : options;
        return has("output_padding") ? options.outputPadding(integers("output_padding")) : options;
    }

    /** Keywords with whole numbers. */
    public Map<String, Integer> keywords(String name) {
        Map<String, Integer> keywords = new LinkedHashMap<>();
        value(name).fields().forEachRemaining(each -> keywords.put(each.getKey(), each.getValue().asInt()));
        return keywords;
    }

    /** The argument as it is in files. */
    public JsonNode value(String name) {
        JsonNode given = values.get(name);
        if (given != null) {
            return given;
        }
        return signature.all().stream().filter(each -> each.name().equals(name)).map(OpSignature.Parameter::otherwise)
                .filter(each -> each != null).findFirst().orElseThrow(() -> refused(name, "a value"));
    }

    /**
     * Requires arguments to have their defaults.
     *
     * @throws IllegalArgumentException if one has not
     */
    public OpArguments only(String... names) {
        for (OpSignature.Parameter parameter : signature.init()) {
            if (List.of(names).contains(parameter.name()) && !value(parameter.name()).equals(parameter.otherwise())) {
                throw refused(parameter.name(), String.valueOf(parameter.otherwise()));
            }
        }
        return this;
    }

    private boolean has(String name) {
        return signature.all().stream().anyMatch(each -> each.name().equals(name)) && !isNull(name);
    }

    private Tensor tensor(String name, JsonNode value) {
        int place = OpValues.placeOf(value);
        if (place >= 0) {
            return inputs.get(place);
        } else if (value.isNumber() || value.isArray() || value.isBoolean()) {
            return OpValues.tensor(value, null);
        }
        throw refused(name, "a tensor");
    }

    private int[] integers(String name, JsonNode value) {
        if (value.isNumber()) {
            return new int[] {value.intValue()};
        } else if (!value.isArray() && !value.isNull()) {
            throw refused(name, "a list of whole numbers");
        }
        return IntStream.range(0, value.size()).map(i -> value.get(i).asInt()).toArray();
    }

    private IllegalArgumentException refused(String name, String required) {
        return new IllegalArgumentException(signature.className() + ": " + required + " is required as " + name + ". Received: "
                + values.get(name) + ". Save the model with a Lambda layer over a registered function in its place.");
    }
}
