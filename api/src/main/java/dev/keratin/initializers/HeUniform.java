package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Uniform elements between plus and minus {@code sqrt(6 / fan_in)}, for layers with relu.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al.: Delving deep into rectifiers (2015)</a>
 */
public final class HeUniform extends ScaledInitializer<HeUniform> {
    /** With a seed drawn now. */
    public HeUniform() {
        this((Long) null);
    }

    /** With the given seed. */
    public HeUniform(long seed) {
        this((Long) seed);
    }

    private HeUniform(@Nullable Long seed) {
        super(2.0, "fan_in", "uniform", seed);
    }

    static HeUniform from(ObjectNode config) {
        return new HeUniform(seed(config)).configure(config);
    }

    @Override
    HeUniform self() {
        return this;
    }
}
