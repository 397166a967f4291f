package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * {@code input * scale + offset}, in the compute dtype whatever the input's: {@code rescaling(1.0 / 255)} for bytes.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/">Keras: Rescaling</a>
 */
public final class Rescaling extends FluentLayer<Rescaling> {
    private final double[] scale;
    private double[] offset = {0};

    /**
     * A layer with offset 0.
     *
     * @param scale one factor for all, or one for each place on the last axis
     */
    public Rescaling(double... scale) {
        if (scale.length == 0) {
            throw new IllegalArgumentException("Rescaling: a scale is required. Received: none. Use 1.0 / 255 for images.");
        }
        this.scale = scale.clone();
    }

    static Rescaling from(ObjectNode config) {
        Rescaling layer = new Rescaling(numbers(config.path("scale"), 1));
        layer.configure(config);
        return layer.offset(numbers(config.path("offset"), 0));
    }

    /** A number, a list, or an array as Keras writes it. */
    private static double[] numbers(JsonNode node, double otherwise) {
        JsonNode value = node.isObject() ? node.path("config").path("value") : node;
        if (!value.isArray()) {
            return new double[] {value.asDouble(otherwise)};
        }
        double[] numbers = new double[value.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = value.get(i).asDouble();
        }
        return numbers;
    }

    /** What is added: one number for all, or one for each place on the last axis; 0 by default. */
    public Rescaling offset(double... offset) {
        this.offset = offset.clone();
        return this;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor x = Ops.cast(input, computeDType());
        Tensor scaled = scale.length == 1 ? Ops.multiply(x, scale[0]) : Ops.multiply(x, vector(scale));
        return offset.length == 1 ? Ops.add(scaled, offset[0]) : Ops.add(scaled, vector(offset));
    }

    private Tensor vector(double[] numbers) {
        return Ops.cast(Tensor.of(numbers, numbers.length), computeDType());
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("scale", json(scale));
        config.set("offset", json(offset));
        return config;
    }

    private static JsonNode json(double[] numbers) {
        if (numbers.length == 1) {
            return DoubleNode.valueOf(numbers[0]);
        }
        ArrayNode list = Json.object().arrayNode();
        for (double number : numbers) {
            list.add(number);
        }
        return list;
    }
}
