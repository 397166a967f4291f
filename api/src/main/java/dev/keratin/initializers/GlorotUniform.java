package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Uniform elements between plus and minus {@code sqrt(6 / (fan_in + fan_out))}; also named after Xavier.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot, Bengio: Understanding the difficulty of
 *     training deep feedforward neural networks (2010)</a>
 */
public final class GlorotUniform extends ScaledInitializer<GlorotUniform> {
    /** With a seed drawn now. */
    public GlorotUniform() {
        this((Long) null);
    }

    /** With the given seed. */
    public GlorotUniform(long seed) {
        this((Long) seed);
    }

    private GlorotUniform(@Nullable Long seed) {
        super(1.0, "fan_avg", "uniform", seed);
    }

    static GlorotUniform from(ObjectNode config) {
        return new GlorotUniform(seed(config)).configure(config);
    }

    @Override
    GlorotUniform self() {
        return this;
    }
}
