package dev.keratin.backend.cuda;

/**
 * Shares out lines among blocks of threads. A block takes a part of one line, or, where neighbouring elements belong to
 * different lines, of 32 neighbouring lines, 8 rows at a time. Lines have several parts where there are too few of them to
 * keep a device busy; then each part has a result of its own.
 */
final class LineBlocks {
    /** Blocks that keep any device busy. */
    private static final long ENOUGH = 132 * 8;
    /** Elements of a line that are worth a block of their own: 16 for each thread. */
    private static final long LEAST = 16;

    private final Lines lines;
    private final long blocks;
    private final long parts;
    private final long chunk;

    LineBlocks(Lines lines) {
        this.lines = lines;
        this.blocks = isRow() ? lines.outer() : lines.outer() * Geometry.tiles(lines.inner());
        long least = LEAST * (isRow() ? Geometry.threads(lines.length()) : Geometry.ROWS);
        long wanted = Math.max(1, Math.min((lines.length() + least - 1) / least, ENOUGH / Math.max(1, blocks)));
        this.chunk = Math.max(1, (lines.length() + wanted - 1) / wanted);
        this.parts = Math.max(1, (lines.length() + chunk - 1) / chunk);
    }

    private boolean isRow() {
        return lines.inner() == 1;
    }

    long parts() {
        return parts;
    }

    /** The results of the parts as lines that are left to join. */
    Lines results() {
        return new Lines(lines.outer(), parts, lines.inner());
    }

    /**
     * Opens the loop over what a block does: sets {@code line}, {@code length}, {@code inner}, {@code column}, and the part
     * {@code part} of {@code parts}, which goes from {@code first} to below {@code last}.
     */
    void begin(KernelBuilder kernel) {
        kernel.line("const int64_t length = " + kernel.number(lines.length()) + ", inner = " + kernel.number(lines.inner())
                + ", parts = " + kernel.number(parts) + ", chunk = " + kernel.number(chunk) + ";");
        String tiles = isRow() ? "" : " * tiles";
        if (!isRow()) {
            kernel.line("const int64_t tiles = (inner + blockDim.x - 1) / blockDim.x;");
        }
        kernel.line("for (int64_t block = blockIdx.x; block < " + kernel.number(lines.outer()) + " * parts" + tiles
                + "; block += gridDim.x) {");
        kernel.line(isRow() ? "  const int64_t column = 0, which = block;"
                : "  const int64_t column = block % tiles * blockDim.x + threadIdx.x, which = block / tiles;");
        kernel.line("  const int64_t line = which / parts, part = which % parts, first = part * chunk;");
        kernel.line("  const int64_t last = first + chunk < length ? first + chunk : length;");
    }

    /** A loop of the threads over the elements {@code i} of a part, which are number {@code r} of their line. */
    void each(KernelBuilder kernel) {
        loop(kernel, "first", "last", "length");
    }

    /** A loop of the threads over the results {@code i} of some parts {@code r} of the line. */
    void eachPart(KernelBuilder kernel, String from, String to) {
        loop(kernel, from, to, "parts");
    }

    private void loop(KernelBuilder kernel, String from, String to, String length) {
        String axis = isRow() ? "x" : "y";
        kernel.line((isRow() ? "  " : "  if (column < inner) ") + "for (int64_t r = " + from + " + threadIdx." + axis + "; r < " + to
                + "; r += blockDim." + axis + ") {");
        kernel.line("    const int64_t i = (line * " + length + " + r) * inner + column;");
    }

    /** The function that joins the values of a part's threads. */
    String join() {
        return isRow() ? "block_reduce" : "column_reduce";
    }

    /** The condition of threads that write the result of a part. */
    String writes() {
        return isRow() ? "threadIdx.x == 0" : "threadIdx.y == 0 && column < inner";
    }

    /** Where it goes. */
    String place() {
        return "(line * parts + part) * inner + column";
    }

    /** Closes the loop and launches the kernel. */
    void launch(KernelBuilder kernel, String what, Code code) {
        long all = lines.outer() * parts;
        kernel.line("}").launch(isRow() ? Geometry.rows(all, chunk) : Geometry.columns(all, lines.inner()), what, code);
    }
}
