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
    /** Threads that run in step, and exchange values without waiting for others. */
    static final int LANES = 32;
    /** Threads of a block at most; the compiler gives each so few registers that they can all run. */
    static final int MOST_THREADS = 512;
    /** Threads of a block that shares out lines or columns among rows of threads. */
    static final int THREADS = 256;
    private static final int FEWEST_LANES = 4;
    private static final int THREADS_OF_LINES = 128;
    /** Blocks of which each has work of its own; kernels loop over the rest. */
    private static final long MOST = 1 << 20;
    /** Enough blocks to fill any device many times over, so that it is busy until the end; kernels loop over the rest. */
    private static final long MOST_BLOCKS = 132 * 64;

    /** Blocks of 256 threads for a loop that strides over the whole grid. */
    static Geometry loop(long count) {
        return new Geometry(Math.min((count + THREADS - 1) / THREADS, MOST_BLOCKS), 1, THREADS, 1);
    }

    /** Blocks along x that each have work of their own. */
    static Geometry of(long blocks, int threads) {
        return new Geometry(Math.min(blocks, MOST), 1, threads, 1);
    }

    /**
     * Blocks that each take a line, or several where so few threads share a line that they need not wait for each other.
     *
     * @param packs what the threads of a line share out
     */
    static Geometry rows(long lines, long packs) {
        int threads = Math.max(FEWEST_LANES, powerOfTwo(packs, THREADS));
        int together = threads > LANES ? 1 : THREADS_OF_LINES / threads;
        return new Geometry(Math.min((lines + together - 1) / together, MOST), 1, threads, together);
    }

    /** Blocks that each take up to {@link #LANES} neighbouring packs of columns, the more rows at a time the fewer. */
    static Geometry columns(long outer, long packs) {
        int threads = powerOfTwo(packs, LANES);
        return new Geometry(Math.min(outer * ((packs + threads - 1) / threads), MOST), 1, threads, THREADS / threads);
    }

    /** How many stretches of {@link #LANES} it takes to cover a length. */
    static long tiles(long length) {
        return (length + LANES - 1) / LANES;
    }

    /** Blocks that each take a square of {@link #LANES} times as many elements, some rows at a time. */
    static Geometry tiled(long tiles) {
        return new Geometry(Math.min(tiles, MOST), 1, LANES, THREADS / LANES);
    }

    /** The least power of two that is not below a count, unless that is more than {@code most}. */
    private static int powerOfTwo(long count, int most) {
        return count >= most ? most : count <= 1 ? 1 : 2 * Integer.highestOneBit((int) count - 1);
    }
}
