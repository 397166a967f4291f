package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * Shares out lines among blocks of threads. A block takes a part of a line, or some short lines, or, where neighbouring
 * elements belong to different lines, up to 32 neighbouring packs of lines, several rows at a time. Lines have several parts
 * where there are too few of them to keep a device busy; each part has a result of its own, and the block that is done last
 * with the parts of its lines joins their results.
 */
final class LineBlocks {
    /** Blocks that keep any device busy, if each thread waits for several packs at a time. */
    private static final long ENOUGH = 2 * 132;
    /** Packs of a line that are worth a thread of their own. */
    private static final long LEAST = 8;
    /** Packs that a thread waits for at a time. */
    private static final int AT_ONCE = 4;

    private final Lines lines;
    private final int width;
    private final Geometry geometry;
    private final long parts;
    private final long chunk;

    private LineBlocks(Lines lines, int width, boolean together) {
        this.lines = lines;
        this.width = width;
        long packs = (isRow() ? lines.length() : lines.inner()) / width;
        Geometry whole = isRow() ? rows(lines.outer(), packs, together) : Geometry.columns(lines.outer(), packs);
        long least = LEAST * (isRow() ? (long) width * Geometry.THREADS : whole.threadsY());
        long wanted = Math.max(1, Math.min((lines.length() + least - 1) / least, ENOUGH / Math.max(1, whole.blocks())));
        long each = (lines.length() + wanted - 1) / wanted;
        this.chunk = Math.max(1, isRow() ? (each + width - 1) / width * width : each);
        this.parts = Math.max(1, (lines.length() + chunk - 1) / chunk);
        this.geometry = isRow() ? rows(lines.outer() * parts, chunk / width, together)
                : Geometry.columns(lines.outer() * parts, packs);
    }

    private static Geometry rows(long lines, long packs, boolean together) {
        Geometry rows = Geometry.rows(lines, packs);
        return together ? rows : Geometry.of(lines, Math.max(Geometry.LANES, rows.threads()));
    }

    /**
     * For reductions.
     *
     * @param width how many neighbouring elements a thread takes at a time: of its line, or of as many lines
     */
    static LineBlocks of(Lines lines, int width) {
        return new LineBlocks(lines, width, true);
    }

    /** With no block that takes several lines, unless their elements are neighbours. */
    static LineBlocks apart(Lines lines) {
        return new LineBlocks(lines, 1, false);
    }

    /** What neighbouring elements are that a thread can take at a time: those of a line, or one of each line. */
    static long neighbours(Lines lines) {
        return lines.inner() == 1 ? lines.length() : lines.inner();
    }

    private boolean isRow() {
        return lines.inner() == 1;
    }

    long parts() {
        return parts;
    }

    /** How many results the parts have, each in a place of its own. */
    long results() {
        return lines.outer() * parts * lines.inner();
    }

    /**
     * Opens the loop over what a block does: sets {@code line}, {@code length}, {@code inner}, {@code column}, and the part
     * {@code part} of {@code parts}, which goes from {@code first} to below {@code last}; nothing for threads that are not
     * {@code inside}.
     */
    void begin(KernelBuilder kernel) {
        kernel.within(lines.outer() * lines.length() * lines.inner(), results());
        kernel.line("constexpr int W = " + width + ", R = " + resultWidth() + ";");
        kernel.line("const Index length = " + kernel.number(lines.length()) + ", inner = " + kernel.number(lines.inner())
                + ", parts = " + kernel.number(parts) + ", chunk = " + kernel.number(chunk) + ", all = "
                + kernel.number(lines.outer()) + " * parts;");
        if (isRow()) {
            kernel.line("const Index together = blockDim.y, tiles = 1, tile = 0, column = 0;");
            kernel.line("for (Index block = blockIdx.x; block * together < all; block += Index(gridDim.x)) {");
            kernel.line("  const bool inside = block * together + Index(threadIdx.y) < all;");
            kernel.line("  const Index which = inside ? block * together + Index(threadIdx.y) : all - 1;");
        } else {
            kernel.line("const Index across = Index(blockDim.x) * W, tiles = (inner + across - 1) / across;");
            kernel.line("for (Index block = blockIdx.x; block < all * tiles; block += Index(gridDim.x)) {");
            kernel.line("  const Index which = block / tiles, tile = block - which * tiles;");
            kernel.line("  const Index column = tile * across + Index(threadIdx.x) * W;");
            kernel.line("  const bool inside = column < inner;");
        }
        kernel.line("  const Index line = which / parts, part = which - line * parts, first = part * chunk;");
        kernel.line("  const Index last = !inside ? first : first + chunk < length ? first + chunk : length;");
    }

    /**
     * A loop of the threads over the packs from {@code i} on of a part, which are number {@code r} of their line.
     *
     * @param loads how many packs are read in it
     */
    void each(KernelBuilder kernel, int loads) {
        kernel.line("#pragma unroll " + (AT_ONCE + loads) / (1 + loads));
        loop(kernel, "first", "last", "length");
    }

    /** A loop of the threads over the results {@code i} of some parts {@code r} of the line. */
    void eachPart(KernelBuilder kernel, String from, String to) {
        loop(kernel, from, "(inside ? " + to + " : 0)", "parts");
    }

    private void loop(KernelBuilder kernel, String from, String to, String length) {
        String axis = isRow() ? "x" : "y";
        String step = length.equals("parts") || !isRow() ? "" : " * W";
        kernel.line("  for (Index r = " + from + " + Index(threadIdx." + axis + ")" + step + "; r < " + to
                + "; r += Index(blockDim." + axis + ")" + step + ") {");
        kernel.line("    const Index i = (line * " + length + " + r) * inner + column;");
    }

    /** The function that joins the values of a part's threads. */
    String join() {
        return isRow() ? "row_reduce" : "column_reduce";
    }

    int width() {
        return width;
    }

    /** How many neighbouring results a thread has. */
    int resultWidth() {
        return isRow() ? 1 : width;
    }

    /** Joins what the threads of each part have joined. */
    void finish(KernelBuilder kernel, List<Total> totals, Code code) {
        joinThreads(kernel, totals);
        if (parts > 1) {
            joinParts(kernel, totals, code);
        }
    }

    /** Behind that, opens a block of threads that have {@code W} results each, of which the first is at position {@code i}. */
    void beginResults(KernelBuilder kernel) {
        kernel.line("  if (" + writes() + ") {").line("    constexpr int W = R;").line("    const Index i = line * inner + column;");
    }

    /** Behind that, stores what a total is joined to. */
    void store(KernelBuilder kernel, Total total, Slot to, String type) {
        kernel.line("  if (" + writes() + ") " + total.store(kernel.pointer(to, type) + "[line * inner + column + k]"));
    }

    /** All blocks but the last one of a line are done here. */
    private void joinParts(KernelBuilder kernel, List<Total> totals, Code code) {
        List<String> results = new ArrayList<>();
        for (Total each : totals) {
            String result = kernel.pointer(code.own(results() * 2 * Long.BYTES), each.fold().type());
            kernel.line("  if (" + writes() + ") " + each.storePart(result + "[" + place() + "]"));
            results.add(result);
        }
        String counts = kernel.pointer(code.counts(geometry.blocks() / parts), "uint32_t");
        kernel.line("  if (!is_last(" + counts + " + line * tiles + tile, parts)) continue;");
        totals.forEach(each -> kernel.line("  " + each.clear()));
        kernel.line("#pragma unroll 8");
        eachPart(kernel, "0", "parts");
        for (int i = 0; i < totals.size(); i++) {
            kernel.line("    " + totals.get(i).joinPart("fresh(" + results.get(i) + " + i + k)"));
        }
        kernel.line("  }");
        joinThreads(kernel, totals);
    }

    /** Joins what the threads of each part have joined, and stores the results of all parts. */
    void finishParts(KernelBuilder kernel, Total total, Slot to) {
        joinThreads(kernel, List.of(total));
        kernel.line("  if (" + writes() + ") " + total.store(kernel.pointer(to, total.fold().type()) + "[" + place() + "]"));
    }

    private void joinThreads(KernelBuilder kernel, List<Total> totals) {
        totals.forEach(each -> kernel.line("  " + join() + "<" + each.fold().functor() + ">(" + each.name() + ");"));
    }

    private String writes() {
        return "inside && threadIdx." + (isRow() ? "x" : "y") + " == 0";
    }

    private static String place() {
        return "(line * parts + part) * inner + column + k";
    }

    /** Closes the loop and launches the kernel. */
    void launch(KernelBuilder kernel, String what, Code code) {
        kernel.line("}").launch(geometry, what, code);
    }
}
