package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A fully connected layer: {@code activation(input * kernel + bias)} over the last axis.
 *
 * <p>Input [batch, ..., features], output [batch, ..., units]; kernel [features, units], bias [units].
 *
 * @see <a href="https://keras.io/api/layers/core_layers/dense/">Keras: Dense</a>
 */
public final class Dense extends KernelLayer<Dense> {
    private final int units;

    /**
     * A layer without activation.
     *
     * @param units the length of the output's last axis, at least 1
     */
    public Dense(int units) {
        if (units < 1) {
            throw new IllegalArgumentException("Dense: at least 1 unit is required. Received: " + units
                    + ". Give the number of outputs.");
        }
        this.units = units;
    }

    static Dense from(ObjectNode config) {
        return new Dense(Json.integer(config, "units", 0)).configureKernel(config);
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.minRank(this, inputs.get(0), 2);
        InputRules.lastAxis(this, inputs.get(0));
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        addKernelAndBias(Shape.of(Weights.knownLength(this, inputShapes.get(0), -1), units), units);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return finish(Ops.matmul(input, kernelValue()));
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("units", units).putNull("quantization_config");
        if (activityRegularizer() == null) {
            config.remove("activity_regularizer");
        }
        return config;
    }
}
