package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import org.jspecify.annotations.Nullable;

/**
 * In training sets elements to 0 with probability {@code rate} and divides the others by {@code 1 - rate}; otherwise does
 * nothing.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/dropout/">Keras: Dropout</a>
 */
public final class Dropout extends RandomLayer<Dropout> {
    private final double rate;
    private @Nullable Shape noiseShape;

    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public Dropout(double rate) {
        this.rate = rate("Dropout", rate);
    }

    /** A shape that stretches to the input's: elements that share a place in it share their fate; -1 is as in the input. */
    public Dropout noiseShape(long... dims) {
        noiseShape = Shape.of(dims);
        return this;
    }

    static Dropout from(ObjectNode config) {
        Dropout layer = new Dropout(Json.number(config, "rate", -1));
        layer.noiseShape = NoiseShapes.read(config);
        return layer.configured(config);
    }

    @Override
    boolean isActive() {
        return rate > 0;
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        return Random.dropout(input, rate, noiseShape, source);
    }

    @Override
    public ObjectNode config() {
        return NoiseShapes.write(super.config().put("rate", rate), noiseShape);
    }
}
