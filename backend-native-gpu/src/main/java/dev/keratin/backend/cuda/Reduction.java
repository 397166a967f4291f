package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Node;

/** Writes the kernels that join the elements of each of many lines: one, or two where lines have several parts. */
record Reduction(Node node, Code code, Fold fold) {
    /** From [outer, length, inner] to [outer, inner]. */
    void write(Slot from, String fromType, Slot to, String toType, Lines lines) {
        LineBlocks blocks = new LineBlocks(lines);
        if (blocks.parts() == 1) {
            kernel(from, fromType, to, toType, blocks);
        } else {
            Slot parts = parts(from, fromType, blocks);
            new Reduction(node, code, fold.further()).write(parts, fold.type(), to, toType, blocks.results());
        }
    }

    /** Joins each part on its own; what comes of it lies in scratch. */
    Slot parts(Slot from, String fromType, LineBlocks blocks) {
        Lines results = blocks.results();
        Slot parts = code.scratch(results.outer() * results.length() * results.inner() * 2 * Long.BYTES);
        new Reduction(node, code, fold.unfinished()).kernel(from, fromType, parts, fold.type(), blocks);
        return parts;
    }

    private void kernel(Slot from, String fromType, Slot to, String toType, LineBlocks blocks) {
        KernelBuilder kernel = new KernelBuilder(node.op().label(), "elementwise.cuh", "reduce.cuh");
        String x = kernel.pointer(from, "const " + fromType);
        String y = kernel.pointer(to, toType);
        blocks.begin(kernel);
        kernel.line("  " + fold.type() + " sum = " + fold.none() + ";");
        blocks.each(kernel);
        kernel.line("    sum = " + fold.functor() + "::join(sum, " + fold.load() + x + "[i]" + fold.loaded() + ");").line("  }");
        kernel.line("  sum = " + blocks.join() + "<" + fold.functor() + ">(sum);");
        kernel.line("  if (" + blocks.writes() + ") " + y + "[" + blocks.place() + "] = " + fold.store() + "sum" + fold.stored() + ";");
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
    }
}
