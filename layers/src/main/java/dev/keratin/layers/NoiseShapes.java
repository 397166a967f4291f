package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of dropout masks in configurations; null lengths are those of the input. */
final class NoiseShapes {
    private static final String KEY = "noise_shape";

    private NoiseShapes() {}

    static @Nullable Shape read(ObjectNode config) {
        if (!config.path(KEY).isArray()) {
            return null;
        }
        List<Long> dims = new ArrayList<>();
        config.get(KEY).forEach(dim -> dims.add(dim.isNull() ? Shape.UNKNOWN : dim.asLong()));
        return Shape.of(dims);
    }

    /** The shape with unknown lengths taken from the input; the input's own without one. */
    static Shape resolve(@Nullable Shape noise, Shape input) {
        Shape shape = noise == null ? input : noise;
        for (int axis = 0; axis < shape.rank(); axis++) {
            shape = shape.dim(axis) == Shape.UNKNOWN ? shape.with(axis, input.dim(axis)) : shape;
        }
        return shape;
    }

    static ObjectNode write(ObjectNode config, @Nullable Shape shape) {
        if (shape == null) {
            return config.putNull(KEY);
        }
        ArrayNode dims = config.putArray(KEY);
        for (long dim : shape.dims()) {
            if (dim == Shape.UNKNOWN) {
                dims.addNull();
            } else {
                dims.add(dim);
            }
        }
        return config;
    }
}
