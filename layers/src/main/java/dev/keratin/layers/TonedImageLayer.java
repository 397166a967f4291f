package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.random.SeedGenerator;

/**
 * Augmentation that changes the numbers of the pixels and keeps them in their range.
 *
 * @param <S> the layer's own class
 */
abstract class TonedImageLayer<S extends TonedImageLayer<S>> extends RandomImageLayer<S> {
    private static final double BRIGHTEST = 255;

    private double darkest;
    private double brightest = BRIGHTEST;

    TonedImageLayer() {}

    /** The least and the greatest number of a pixel; 0 and 255 by default. What goes beyond is cut off. */
    public final S valueRange(double low, double high) {
        darkest = Math.min(low, high);
        brightest = Math.max(low, high);
        return self();
    }

    /** The greatest number of a pixel less the least. */
    final double range() {
        return brightest - darkest;
    }

    /** What training makes of images before it is cut off. */
    abstract Tensor tone(Tensor images, SeedGenerator source);

    @Override
    final Tensor transform(Tensor images, SeedGenerator source) {
        return Ops.clip(tone(images, source), darkest, brightest);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.putArray("value_range").add(darkest).add(brightest);
        return config;
    }

    final S configuredTones(ObjectNode config) {
        JsonNode range = config.path("value_range");
        valueRange(range.path(0).asDouble(0), range.path(1).asDouble(BRIGHTEST));
        return configuredImages(config);
    }
}
