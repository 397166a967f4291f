package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;

/**
 * In training sets elements to 0 with probability {@code rate} and divides the others by {@code 1 - rate}; otherwise does
 * nothing.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/dropout/">Keras: Dropout</a>
 */
public final class Dropout extends ShapedNoise<Dropout> {
    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public Dropout(double rate) {
        super(rate);
    }

    static Dropout from(ObjectNode config) {
        return new Dropout(rate(config)).configuredNoise(config);
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        return Random.dropout(input, rate(), noiseShape(), source);
    }
}
