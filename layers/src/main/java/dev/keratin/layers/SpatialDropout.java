package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.List;

/**
 * Dropout of whole channels: in training sets all elements of a channel to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}.
 *
 * @param <S> the layer's own class
 */
abstract class SpatialDropout<S extends SpatialDropout<S>> extends RandomLayer<S> {
    private final double rate;
    private SpatialFormat format;

    SpatialDropout(SpatialFormat format, double rate) {
        this.format = format;
        this.rate = rate(className(), rate);
    }

    final S withDataFormat(String name) {
        format = new SpatialFormat(format.rank(), name);
        return self();
    }

    final S configuredFormat(ObjectNode config) {
        format = format.read(config);
        return configured(config);
    }

    final String formatName() {
        return format.name();
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), format.rank() + 2);
    }

    @Override
    boolean isActive() {
        return rate > 0;
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        Shape shape = input.shape();
        for (int axis : format.spatialAxes()) {
            shape = shape.with(axis, 1);
        }
        return Random.dropout(input, rate, shape, source);
    }

    @Override
    public ObjectNode config() {
        ObjectNode all = super.config();
        ObjectNode config = Json.object().put("rate", rate);
        config.set("seed", all.get("seed"));
        return config.put("name", name()).put("dtype", dtypePolicy().name());
    }
}
