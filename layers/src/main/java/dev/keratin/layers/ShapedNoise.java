package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * A layer that in training drops elements with a probability, or groups of them together; otherwise does nothing.
 *
 * @param <S> the layer's own class
 */
abstract class ShapedNoise<S extends ShapedNoise<S>> extends RandomLayer<S> {
    private final double rate;
    private @Nullable Shape noiseShape;

    ShapedNoise(double rate) {
        this.rate = rate(className(), rate);
    }

    /** A shape that stretches to the input's: elements that share a place in it share their fate; -1 is as in the input. */
    public final S noiseShape(long... dims) {
        noiseShape = Shape.of(dims);
        return self();
    }

    final double rate() {
        return rate;
    }

    final @Nullable Shape noiseShape() {
        return noiseShape;
    }

    static double rate(ObjectNode config) {
        return Json.number(config, "rate", -1);
    }

    final S configuredNoise(ObjectNode config) {
        noiseShape = NoiseShapes.read(config);
        return configured(config);
    }

    @Override
    final boolean isActive() {
        return rate > 0;
    }

    @Override
    public final ObjectNode config() {
        return NoiseShapes.write(super.config().put("rate", rate), noiseShape);
    }
}
