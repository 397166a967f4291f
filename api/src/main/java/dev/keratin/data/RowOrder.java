package dev.keratin.data;

import java.util.SplittableRandom;

/** In which order rows are taken. */
final class RowOrder {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private RowOrder() {}

    /** The rows from {@code start} on as they lie. */
    static int[] range(int start, int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = start + i;
        }
        return rows;
    }

    /** Brings rows into an order that depends on the seed and the number of the pass only. */
    static void shuffle(int[] rows, long seed, long pass) {
        SplittableRandom random = new SplittableRandom(seed + pass * GOLDEN_RATIO);
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
    }
}
