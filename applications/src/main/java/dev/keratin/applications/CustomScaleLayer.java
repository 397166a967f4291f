package dev.keratin.applications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.FluentLayer;
import java.util.List;

/**
 * Adds a scaled residual: {@code inputs[0] + scale * inputs[1]}. {@link InceptionResNetV2} has it under the name that Keras
 * gives it.
 */
final class CustomScaleLayer extends FluentLayer<CustomScaleLayer> {
    private final double scale;

    CustomScaleLayer(double scale) {
        this.scale = scale;
    }

    static CustomScaleLayer from(ObjectNode config) {
        CustomScaleLayer layer = new CustomScaleLayer(Json.number(config, "scale", 1));
        layer.configure(config);
        return layer;
    }

    @Override
    public boolean takesList() {
        return true;
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        return List.of(Ops.add(inputs.get(0), Ops.multiply(inputs.get(1), scale)));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("scale", scale);
    }
}
