package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Each sample divided by its Euclidean norm along one axis or several together, so that the norm becomes 1.
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/unit_normalization/">Keras: UnitNormalization</a>
 */
public final class UnitNormalization extends FluentLayer<UnitNormalization> {
    private static final double LARGEST_FACTOR = 1e12;

    private AxisChoice axis = AxisChoice.LAST;

    /** Along the last axis. */
    public UnitNormalization() {}

    /** The axis, or the axes, that the norm is taken along; the last by default. */
    public UnitNormalization axis(int... axes) {
        axis = AxisChoice.of(axes);
        return this;
    }

    static UnitNormalization from(ObjectNode config) {
        UnitNormalization layer = new UnitNormalization();
        layer.configure(config);
        layer.axis = AxisChoice.read(config);
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.axes(this, inputs.get(0), axis);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor inverse = Ops.rsqrt(Ops.sum(Ops.square(input), axis.toArray(), true));
        return Ops.multiply(input, Ops.minimum(inverse, LARGEST_FACTOR));
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("axis", axis.json());
        return config;
    }
}
