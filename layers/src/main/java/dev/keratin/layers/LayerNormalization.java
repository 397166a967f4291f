package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta} with mean and variance of each sample along some axes;
 * gamma and beta [lengths of these axes].
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/layer_normalization/">Keras: LayerNormalization</a>
 */
public final class LayerNormalization extends AffineNormalization<LayerNormalization> {
    private AxisChoice axis = AxisChoice.LAST;
    private boolean rmsScaling;

    /** Along the last axis. */
    public LayerNormalization() {}

    /** The axis, or the axes, that mean and variance are taken along; the last by default. */
    public LayerNormalization axis(int... axes) {
        axis = AxisChoice.of(axes);
        return this;
    }

    /** Whether the mean is not subtracted and there is no beta; false by default. */
    public LayerNormalization rmsScaling(boolean withoutMean) {
        rmsScaling = withoutMean;
        return this;
    }

    static LayerNormalization from(ObjectNode config) {
        LayerNormalization layer = new LayerNormalization();
        layer.axis = AxisChoice.read(config);
        layer.rmsScaling = Json.bool(config, "rms_scaling", false);
        return layer.configureAffine(config);
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.axes(this, inputs.get(0), axis);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        axis = axis.sorted();
        long[] lengths = axis.axes().stream().mapToLong(each -> Weights.knownLength(this, inputShapes.get(0), each)).toArray();
        addGammaAndBeta(Shape.of(lengths), hasGamma() || rmsScaling, hasBeta() && !rmsScaling);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor x = widened(input);
        DType dtype = x.dtype();
        Tensor result = rmsScaling ? scaled(x)
                : Ops.layerNormalization(x, gamma(dtype), beta(dtype), axis.toArray(), epsilon());
        return Ops.cast(result, computeDType());
    }

    private Tensor scaled(Tensor x) {
        Tensor inverse = Ops.rsqrt(Ops.add(Ops.var(x, axis.toArray(), true), epsilon()));
        return Ops.multiply(Ops.multiply(x, inverse), axis.along(gamma(x.dtype()), x.shape()));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("rms_scaling", rmsScaling);
        config.set("axis", axis.json());
        return config;
    }
}
