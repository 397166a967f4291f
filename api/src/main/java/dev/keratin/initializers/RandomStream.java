package dev.keratin.initializers;

import dev.keratin.backend.Philox;

/**
 * The random numbers of one weight, one word of {@link Philox} each, to be taken in order.
 *
 * <p>Normal numbers are the inverse of the cumulative distribution at a uniform one, so that truncation is exact and
 * needs no rejection.
 */
final class RandomStream {
    private static final double WORDS = 0x1p-32;
    /** The normal distribution function at -2 and the probability between -2 and 2. */
    private static final double BELOW = 0.022750131948179207;
    private static final double BETWEEN = 0.954499736103641585;

    private final long seed;
    private final int[] block = new int[4];

    RandomStream(long seed) {
        this.seed = seed;
    }

    /** Between 0 and 1, both excluded; a multiple of 2<sup>-32</sup> plus half of that. */
    double uniform(int index) {
        if ((index & 3) == 0) {
            Philox.block(seed, index >>> 2, 0, block);
        }
        return ((block[index & 3] & 0xffffffffL) + 0.5) * WORDS;
    }

    /** Standard normal. */
    double normal(int index) {
        return NormalQuantile.of(uniform(index));
    }

    /** Standard normal, given that it lies between -2 and 2. */
    double truncatedNormal(int index) {
        return NormalQuantile.of(BELOW + BETWEEN * uniform(index));
    }
}
