package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Normal elements of variance {@code 2 / fan_in}, cut at two standard deviations, for layers with relu.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al.: Delving deep into rectifiers (2015)</a>
 */
public final class HeNormal extends ScaledInitializer<HeNormal> {
    /** With a seed drawn now. */
    public HeNormal() {
        this((Long) null);
    }

    /** With the given seed. */
    public HeNormal(long seed) {
        this((Long) seed);
    }

    private HeNormal(@Nullable Long seed) {
        super(2.0, "fan_in", "truncated_normal", seed);
    }

    static HeNormal from(ObjectNode config) {
        return new HeNormal(seed(config)).configure(config);
    }

    @Override
    HeNormal self() {
        return this;
    }
}
