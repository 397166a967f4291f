package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;

/**
 * In training multiplies by normal numbers with mean 1 and standard deviation {@code sqrt(rate / (1 - rate))}; otherwise
 * does nothing.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/gaussian_dropout/">Keras: GaussianDropout</a>
 */
public final class GaussianDropout extends RandomLayer<GaussianDropout> {
    private final double rate;

    /**
     * A layer with a rate.
     *
     * @param rate from 0 to less than 1
     */
    public GaussianDropout(double rate) {
        this.rate = rate("GaussianDropout", rate);
    }

    static GaussianDropout from(ObjectNode config) {
        return new GaussianDropout(Json.number(config, "rate", -1)).configured(config);
    }

    @Override
    boolean isActive() {
        return rate > 0;
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        double deviation = Math.sqrt(rate / (1 - rate));
        return Ops.multiply(input, Random.normal(input.shape(), 1, deviation, computeDType(), source));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("rate", rate);
    }
}
