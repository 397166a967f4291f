package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Node;
import java.util.List;

/** Writes the kernel that joins the elements of each of many lines. */
record Reduction(Node node, Code code, Fold fold) {
    private static final String TOTAL = "total";

    /**
     * From [outer, length, inner] to [outer, inner].
     *
     * @param width how many neighbouring elements a thread takes, which consist of {@link LineBlocks#neighbours} of the lines
     */
    void write(Slot from, String fromType, Slot to, String toType, Lines lines, int width) {
        LineBlocks blocks = LineBlocks.of(lines, width);
        KernelBuilder kernel = begin(from, fromType, blocks);
        Total total = new Total(TOTAL, fold);
        blocks.finish(kernel, List.of(total), code);
        blocks.store(kernel, total, to, toType);
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
    }

    /** Joins each part on its own; what comes of it lies in scratch. */
    Slot parts(Slot from, String fromType, LineBlocks blocks) {
        Slot parts = code.scratch(blocks.results() * 2 * Long.BYTES);
        KernelBuilder kernel = begin(from, fromType, blocks);
        blocks.finishParts(kernel, new Total(TOTAL, fold.unfinished()), parts);
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
        return parts;
    }

    private KernelBuilder begin(Slot from, String fromType, LineBlocks blocks) {
        KernelBuilder kernel = new KernelBuilder(node.op().label(), "elementwise.cuh", "reduce.cuh");
        String x = kernel.pointer(from, "const " + fromType);
        blocks.begin(kernel);
        Total total = new Total(TOTAL, fold);
        kernel.line("  " + total.declare());
        blocks.each(kernel, 1);
        kernel.line("    const Pack<" + fromType + ", W> x = read_pack<W>(" + x + " + i);");
        kernel.line("    " + total.join(fold.load() + "x.at[k]" + fold.loaded())).line("  }");
        return kernel;
    }
}
