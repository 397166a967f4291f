package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Uniform elements between plus and minus {@code sqrt(3 / fan_in)}.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al.: Self-normalizing neural networks (2017)</a>
 */
public final class LecunUniform extends ScaledInitializer<LecunUniform> {
    /** With a seed drawn now. */
    public LecunUniform() {
        this((Long) null);
    }

    /** With the given seed. */
    public LecunUniform(long seed) {
        this((Long) seed);
    }

    private LecunUniform(@Nullable Long seed) {
        super(1.0, "fan_in", "uniform", seed);
    }

    static LecunUniform from(ObjectNode config) {
        return new LecunUniform(seed(config)).configure(config);
    }

    @Override
    LecunUniform self() {
        return this;
    }
}
