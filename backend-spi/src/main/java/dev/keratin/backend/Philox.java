package dev.keratin.backend;

/**
 * The counter-based random number generator Philox 4x32-10: a function from a key of 64 bits and a counter of 128 bits
 * to 128 random bits, the same on every machine and backend.
 *
 * <p>A pair (key, counter) names a stream of words; word {@code i} is word {@code i % 4} of the block with the counter
 * words (low, high half of {@code i / 4}, low, high half of {@code counter}), as in
 * {@link dev.keratin.backend.ir.RandomBits}.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as
 *     1, 2, 3 (SC 2011)</a>
 */
public final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final long WORD = 0xffffffffL;

    private Philox() {}

    /** Words {@code 0} to {@code count - 1} of a stream. */
    public static int[] words(long key, long counter, int count) {
        int[] words = new int[count];
        int[] block = new int[4];
        for (int i = 0; i < count; i += 4) {
            block(key, i / 4, counter, block);
            System.arraycopy(block, 0, words, i, Math.min(4, count - i));
        }
        return words;
    }

    /** Word {@code index} of a stream. */
    public static int word(long key, long counter, long index) {
        int[] block = new int[4];
        block(key, index / 4, counter, block);
        return block[(int) (index % 4)];
    }

    /**
     * One block.
     *
     * @param key its low half is key word 0
     * @param low counter words 0 (its low half) and 1
     * @param high counter words 2 (its low half) and 3
     * @param block receives the four words
     */
    public static void block(long key, long low, long high, int[] block) {
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        int c0 = (int) low;
        int c1 = (int) (low >>> 32);
        int c2 = (int) high;
        int c3 = (int) (high >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (c0 & WORD) * MULTIPLIER_0;
            long product1 = (c2 & WORD) * MULTIPLIER_1;
            c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
            c3 = (int) product0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        block[0] = c0;
        block[1] = c1;
        block[2] = c2;
        block[3] = c3;
    }
}
