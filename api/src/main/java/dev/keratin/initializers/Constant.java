package dev.keratin.initializers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Given elements: one number for all, or an array that is stretched to the weight's shape as NumPy does. */
public final class Constant implements Initializer {
    private final Shape shape;
    private final double[] values;
    private final DType dtype;

    /** All 0. */
    public Constant() {
        this(0.0);
    }

    /** All equal. */
    public Constant(double value) {
        this(Shape.scalar(), new double[] {value}, DType.FLOAT64);
    }

    /** The elements of a concrete tensor, which is copied. */
    public Constant(Tensor value) {
        this(value.shape(), value.toDoubleArray(), value.dtype());
    }

    private Constant(Shape shape, double[] values, DType dtype) {
        if (shape.size() != values.length) {
            throw new IllegalArgumentException("Constant: an array with parts of equal length is required. Received: "
                    + values.length + " numbers where the shape " + shape + " has " + shape.size() + ".");
        }
        this.shape = shape;
        this.values = values;
        this.dtype = dtype;
    }

    static Constant from(ObjectNode config) {
        JsonNode value = config.path("value");
        JsonNode array = value.isObject() ? value.path("config").path("value") : value;
        String name = value.path("config").path("dtype").asText("float32");
        List<Long> dims = new ArrayList<>();
        for (JsonNode level = array; level.isArray(); level = level.path(0)) {
            dims.add((long) level.size());
        }
        List<Double> numbers = new ArrayList<>();
        collect(array, numbers);
        return new Constant(Shape.of(dims), numbers.stream().mapToDouble(Double::doubleValue).toArray(), DType.of(name));
    }

    private static void collect(JsonNode node, List<Double> numbers) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, numbers));
        } else {
            numbers.add(node.asDouble());
        }
    }

    @Override
    public ByteBuffer bytes(Shape target, DType type) {
        if (values.length == 1) {
            return Fill.with(target, type, index -> values[0]);
        } else if (shape.rank() > target.rank() || !Shape.broadcast(shape, target).equals(target)) {
            throw new IllegalArgumentException("Constant: a value that can be stretched to the weight's shape is required."
                    + " Received: a value of shape " + shape + " for a weight of shape " + target + ".");
        }
        long[] outer = target.strides();
        return Fill.with(target, type, index -> values[source(index, outer, target)]);
    }

    private int source(int index, long[] outer, Shape target) {
        long[] inner = shape.strides();
        long position = 0;
        int missing = target.rank() - shape.rank();
        for (int axis = 0; axis < inner.length; axis++) {
            long coordinate = index / outer[axis + missing] % target.dim(axis + missing);
            position += shape.dim(axis) == 1 ? 0 : coordinate * inner[axis];
        }
        return (int) position;
    }

    /** {@code value}: a number, or an array as Keras writes those of NumPy. */
    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        if (shape.rank() == 0) {
            return config.put("value", values[0]);
        }
        ObjectNode array = config.putObject("value").put("class_name", "__numpy__").putObject("config");
        array.set("value", nested(0, 0));
        array.put("dtype", dtype.toString());
        return config;
    }

    private ArrayNode nested(int axis, long offset) {
        ArrayNode array = Json.array(List.of());
        long stride = shape.strides()[axis];
        for (long i = 0; i < shape.dim(axis); i++) {
            long position = offset + i * stride;
            if (axis == shape.rank() - 1) {
                array.add(values[(int) position]);
            } else {
                array.add(nested(axis + 1, position));
            }
        }
        return array;
    }
}
