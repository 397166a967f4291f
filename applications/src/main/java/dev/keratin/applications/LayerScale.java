package dev.keratin.applications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.config.Names;
import dev.keratin.initializers.Constant;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.FluentLayer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies each channel by a weight of its own, small at first. {@link ConvNeXt} has it under the name that Keras gives it.
 *
 * @see <a href="https://arxiv.org/abs/2103.17239">Touvron et al., 2021</a>
 */
final class LayerScale extends FluentLayer<LayerScale> {
    private final double initValues;
    private final long projectionDim;
    private @Nullable Variable gamma;

    /**
     * A layer for inputs [..., projectionDim].
     *
     * @param initValues what the weights are at first
     */
    LayerScale(double initValues, long projectionDim) {
        this.initValues = initValues;
        this.projectionDim = projectionDim;
    }

    static LayerScale from(ObjectNode config) {
        LayerScale layer = new LayerScale(Json.number(config, "init_values", 1e-6), Json.integer(config, "projection_dim", 0));
        layer.configure(config);
        return layer;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        gamma = addWeight(Names.unique("variable"), Shape.of(projectionDim), new Constant(initValues));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.multiply(input, value(Objects.requireNonNull(gamma)));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("init_values", initValues).put("projection_dim", projectionDim);
    }
}
