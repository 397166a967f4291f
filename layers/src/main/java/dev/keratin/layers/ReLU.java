package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.activations.Activations;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * The rectified linear unit: x from the threshold on, at most maxValue, and {@code negativeSlope * (x - threshold)} below.
 *
 * @see <a href="https://keras.io/api/layers/activation_layers/relu/">Keras: ReLU</a>
 */
public final class ReLU extends FluentLayer<ReLU> {
    private @Nullable Double maxValue;
    private double negativeSlope;
    private double threshold;

    /** {@code max(x, 0)}. */
    public ReLU() {}

    /** The largest value of the output; none by default. */
    public ReLU maxValue(double value) {
        maxValue = notNegative("maxValue", value);
        return this;
    }

    /** The slope below the threshold; 0 by default. */
    public ReLU negativeSlope(double slope) {
        negativeSlope = notNegative("negativeSlope", slope);
        return this;
    }

    /** Where the output begins to follow the input; 0 by default. */
    public ReLU threshold(double value) {
        threshold = notNegative("threshold", value);
        return this;
    }

    static ReLU from(ObjectNode config) {
        ReLU layer = new ReLU();
        layer.configure(config);
        layer.maxValue = Json.number(config, "max_value");
        return layer.negativeSlope(Json.number(config, "negative_slope", 0)).threshold(Json.number(config, "threshold", 0));
    }

    private static double notNegative(String what, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("ReLU: a " + what + " of 0 or more is required. Received: " + value
                    + ". For other functions use activation(Activation).");
        }
        return value;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Activations.registry().deserialize(Json.object().put("class_name", "relu").set("config", arguments())).call(input);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        return super.config().setAll(arguments());
    }

    private ObjectNode arguments() {
        return Json.object().put("max_value", maxValue).put("negative_slope", negativeSlope).put("threshold", threshold);
    }
}
