package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the steps of a sequence [batch, time, features] whose features all equal a value: sets them to 0 and attaches
 * a mask that later layers look at.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/masking/">Keras: Masking</a>
 */
public final class Masking extends FluentLayer<Masking> {
    private final double maskValue;

    /** Leaves out steps of zeros. */
    public Masking() {
        this(0);
    }

    /** Leaves out steps of a value. */
    public Masking(double maskValue) {
        this.maskValue = maskValue;
    }

    static Masking from(ObjectNode config) {
        Masking layer = new Masking(Json.number(config, "mask_value", 0));
        layer.configure(config);
        return layer;
    }

    private Tensor counts(Tensor input, boolean keepdims) {
        return Ops.any(Ops.notEqual(input, maskValue), -1, keepdims);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.where(counts(input, true), input, 0);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return Collections.singletonList(counts(inputs.get(0), false));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("mask_value", maskValue);
    }
}
