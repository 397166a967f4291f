package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * The exponential linear unit: {@code x} where it is positive, {@code alpha * (exp(x) - 1)} elsewhere.
 *
 * @see <a href="https://keras.io/api/layers/activation_layers/elu/">Keras: ELU</a>
 */
public final class ELU extends FluentLayer<ELU> {
    private final double alpha;

    /** With alpha 1. */
    public ELU() {
        this(1);
    }

    /** With the negative of the limit at minus infinity. */
    public ELU(double alpha) {
        this.alpha = alpha;
    }

    static ELU from(ObjectNode config) {
        ELU layer = new ELU(Json.number(config, "alpha", 1));
        layer.configure(config);
        return layer;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.elu(input, alpha);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("alpha", alpha);
    }
}
