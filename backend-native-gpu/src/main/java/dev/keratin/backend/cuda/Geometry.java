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
    static final int LANES = 32;
    static final int ROWS = 8;
    /** Threads of a block at most; the compiler gives each so few registers that they can all run. */
    static final int MOST_THREADS = 512;
    private static final int THREADS = 256;
    /** Blocks of which each has work of its own; kernels loop over the rest. */
    private static final long MOST = 1 << 20;
    /** Enough blocks to fill any device several times over; kernels loop over the rest. */
    private static final long MOST_BLOCKS = 132 * 16;

    /** Blocks of 256 threads for a loop that strides over the whole grid. */
    static Geometry loop(long count) {
        return new Geometry(Math.min((count + THREADS - 1) / THREADS, MOST_BLOCKS), 1, THREADS, 1);
    }

    /** Blocks along x that each have work of their own. */
    static Geometry of(long blocks, int threads) {
        return new Geometry(Math.min(blocks, MOST), 1, threads, 1);
    }

    /** Blocks that each take {@link #LANES} neighbouring columns, {@link #ROWS} rows at a time. */
    static Geometry columns(long outer, long columns) {
        return new Geometry(Math.min(outer * tiles(columns), MOST), 1, LANES, ROWS);
    }

    /** How many blocks it takes side by side. */
    static long tiles(long columns) {
        return (columns + LANES - 1) / LANES;
    }

    /** Blocks that each take a line. */
    static Geometry rows(long lines, long length) {
        return new Geometry(Math.min(lines, MOST), 1, threads(length), 1);
    }

    /** Threads for one line, a power of two. */
    static int threads(long length) {
        return (int) Math.max(32, Math.min(THREADS, 2 * Long.highestOneBit(Math.max(1, length - 1))));
    }
}
