package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * Each sample n times: [batch, features] becomes [batch, n, features].
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/repeat_vector/">Keras: RepeatVector</a>
 */
public final class RepeatVector extends FluentLayer<RepeatVector> {
    private final int n;

    /**
     * A layer that repeats.
     *
     * @param n how many times, at least 1
     */
    public RepeatVector(int n) {
        this.n = ConvLayer.atLeastOne("RepeatVector: a number n", n);
    }

    static RepeatVector from(ObjectNode config) {
        RepeatVector layer = new RepeatVector(Json.integer(config, "n", 0));
        layer.configure(config);
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), 2);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.broadcastTo(Ops.expandDims(input, 1), input.shape().dim(0), n, input.shape().dim(1));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("n", n);
    }
}
