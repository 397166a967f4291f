package dev.keratin.backend.cuda;

/**
 * How many threads run a kernel.
 *
 * @param blocks blocks along x
 * @param blocksY blocks along y, at most 65535
 * @param threads threads of a block along x
 * @param threadsY threads of a block along y
 */
record Geometry(long blocks, int blocksY, int threads, int threadsY) {
    private static final int THREADS = 256;
    /** Enough blocks to fill any device several times over; kernels loop over the rest. */
    private static final long MOST_BLOCKS = 132 * 16;

    /** Blocks of 256 threads for a loop that strides over the whole grid. */
    static Geometry loop(long count) {
        return new Geometry(Math.min((count + THREADS - 1) / THREADS, MOST_BLOCKS), 1, THREADS, 1);
    }

    /** Blocks along x only. */
    static Geometry of(long blocks, int threads) {
        return new Geometry(blocks, 1, threads, 1);
    }
}
