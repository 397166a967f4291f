package dev.keratin.random;

import dev.keratin.backend.Philox;
import java.security.SecureRandom;

/**
 * Where everything that is given no seed of its own takes one from: initializers, dropout, shuffling. Unpredictable
 * unless {@link #set}. Safe for use by several threads, but the seeds then depend on who comes first.
 */
public final class GlobalSeed {
    private static final long MOST = 1_000_000_000;

    private static long key = new SecureRandom().nextLong();
    private static long drawn;

    private GlobalSeed() {}

    /** Starts a sequence of seeds that depends on nothing but the given number; {@code keras.utils.set_random_seed}. */
    public static synchronized void set(long seed) {
        key = seed;
        drawn = 0;
    }

    /** The next seed, from 1 to 10<sup>9</sup> as Keras draws them. */
    public static synchronized long next() {
        long word = Philox.word(key, -1, drawn++) & 0xffffffffL;
        return 1 + word * MOST / (1L << 32);
    }
}
