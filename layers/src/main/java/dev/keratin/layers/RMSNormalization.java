package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.initializers.Initializers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code x / sqrt(mean(x^2) + epsilon) * scale} with the mean of each sample along some axes; scale [lengths of these axes].
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/rms_normalization/">Keras: RMSNormalization</a>
 */
public final class RMSNormalization extends FluentLayer<RMSNormalization> {
    private AxisChoice axis = AxisChoice.LAST;
    private double epsilon = 1e-6;
    private @Nullable Variable scale;

    /** Along the last axis. */
    public RMSNormalization() {}

    /** The axis, or the axes, that the mean is taken along; the last by default. */
    public RMSNormalization axis(int... axes) {
        axis = AxisChoice.of(axes);
        return this;
    }

    /** What is added to the mean before the root is taken; 1e-6 by default. */
    public RMSNormalization epsilon(double value) {
        epsilon = value;
        return this;
    }

    static RMSNormalization from(ObjectNode config) {
        RMSNormalization layer = new RMSNormalization().epsilon(Json.number(config, "epsilon", 1e-6));
        layer.configure(config);
        layer.axis = AxisChoice.read(config);
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.axes(this, inputs.get(0), axis);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        axis = axis.sorted();
        long[] lengths = axis.axes().stream().mapToLong(each -> Weights.knownLength(this, inputShapes.get(0), each)).toArray();
        scale = addWeight("scale", Shape.of(lengths), Initializers.get("ones"));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.rmsNormalization(input, value(scale), axis.toArray(), epsilon);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("epsilon", epsilon);
        config.set("axis", axis.json());
        return config;
    }
}
