package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;

/**
 * In training adds normal numbers with mean 0; otherwise does nothing.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/gaussian_noise/">Keras: GaussianNoise</a>
 */
public final class GaussianNoise extends RandomLayer<GaussianNoise> {
    private final double stddev;

    /**
     * A layer with a strength.
     *
     * @param stddev the standard deviation, from 0 to 1
     */
    public GaussianNoise(double stddev) {
        if (!(stddev >= 0 && stddev <= 1)) {
            throw new IllegalArgumentException("GaussianNoise: a stddev from 0 to 1 is required. Received: " + stddev
                    + ". Scale the input so that it fits.");
        }
        this.stddev = stddev;
    }

    static GaussianNoise from(ObjectNode config) {
        return new GaussianNoise(Json.number(config, "stddev", -1)).configured(config);
    }

    @Override
    boolean isActive() {
        return stddev > 0;
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        return Ops.add(input, Random.normal(input.shape(), 0, stddev, computeDType(), source));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("stddev", stddev);
    }
}
