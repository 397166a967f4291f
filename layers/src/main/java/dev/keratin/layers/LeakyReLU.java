package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * {@code x} where it is positive, {@code negativeSlope * x} elsewhere.
 *
 * @see <a href="https://keras.io/api/layers/activation_layers/leaky_relu/">Keras: LeakyReLU</a>
 */
public final class LeakyReLU extends FluentLayer<LeakyReLU> {
    private static final double DEFAULT_SLOPE = 0.3;

    private final double negativeSlope;

    /** A slope of 0.3 below zero. */
    public LeakyReLU() {
        this(DEFAULT_SLOPE);
    }

    /**
     * A slope of one's own below zero.
     *
     * @param negativeSlope 0 or more
     */
    public LeakyReLU(double negativeSlope) {
        if (!(negativeSlope >= 0)) {
            throw new IllegalArgumentException("LeakyReLU: a negativeSlope of 0 or more is required. Received: "
                    + negativeSlope + ". For other functions use activation(Activation).");
        }
        this.negativeSlope = negativeSlope;
    }

    static LeakyReLU from(ObjectNode config) {
        double slope = Json.number(config, "negative_slope", Json.number(config, "alpha", DEFAULT_SLOPE));
        LeakyReLU layer = new LeakyReLU(slope);
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.leakyRelu(input, negativeSlope);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("negative_slope", negativeSlope);
    }
}
