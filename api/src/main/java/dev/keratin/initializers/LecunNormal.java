package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Normal elements of variance {@code 1 / fan_in}, cut at two standard deviations, for layers with selu.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al.: Self-normalizing neural networks (2017)</a>
 */
public final class LecunNormal extends ScaledInitializer<LecunNormal> {
    /** With a seed drawn now. */
    public LecunNormal() {
        this((Long) null);
    }

    /** With the given seed. */
    public LecunNormal(long seed) {
        this((Long) seed);
    }

    private LecunNormal(@Nullable Long seed) {
        super(1.0, "fan_in", "truncated_normal", seed);
    }

    static LecunNormal from(ObjectNode config) {
        return new LecunNormal(seed(config)).configure(config);
    }

    @Override
    LecunNormal self() {
        return this;
    }
}
