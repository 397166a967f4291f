package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Normal elements of variance {@code 2 / (fan_in + fan_out)}, cut at two standard deviations; also named after Xavier.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot, Bengio: Understanding the difficulty of
 *     training deep feedforward neural networks (2010)</a>
 */
public final class GlorotNormal extends ScaledInitializer<GlorotNormal> {
    /** With a seed drawn now. */
    public GlorotNormal() {
        this((Long) null);
    }

    /** With the given seed. */
    public GlorotNormal(long seed) {
        this((Long) seed);
    }

    private GlorotNormal(@Nullable Long seed) {
        super(1.0, "fan_avg", "truncated_normal", seed);
    }

    static GlorotNormal from(ObjectNode config) {
        return new GlorotNormal(seed(config)).configure(config);
    }

    @Override
    GlorotNormal self() {
        return this;
    }
}
