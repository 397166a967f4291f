package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.Node;

/** Writes running sums, products and extremes. Where lines have several parts, each begins with what those before it joined to. */
final class CumulativeLowering {
    private CumulativeLowering() {}

    static void cumulative(Node node, Code code) {
        Cumulative op = (Cumulative) node.op();
        DType dtype = node.output().type().dtype();
        String type = CTypes.stored(dtype);
        Fold fold = Fold.of(Fold.functor(op.kind()), dtype);
        Lines lines = Lines.of(node.output().type().shape(), op.axis());
        LineBlocks blocks = LineBlocks.apart(lines);
        Slot from = code.slot(node.inputs().get(0));
        KernelBuilder kernel = new KernelBuilder("cumulative", "elementwise.cuh", "reduce.cuh", "cumulative.cuh");
        String x = kernel.pointer(from, "const " + type);
        String y = kernel.pointer(code.slot(node.output()), type);
        blocks.begin(kernel);
        kernel.line("  " + fold.type() + " sum = " + fold.none() + ";");
        if (blocks.parts() > 1) {
            Slot parts = new Reduction(node, code, fold).parts(from, type, blocks);
            blocks.eachPart(kernel, op.reverse() ? "part + 1" : "0", op.reverse() ? "parts" : "part");
            String total = kernel.pointer(parts, "const " + fold.type()) + "[i]";
            kernel.line("    sum = " + fold.functor() + "::join(sum, " + total + ");").line("  }");
            kernel.line("  sum = " + blocks.join() + "<" + fold.functor() + ">(sum);");
        }
        kernel.line("  const Index i = (line * length + first) * inner + column;");
        kernel.line("  const Part<" + type + ", " + op.reverse() + "> piece = {" + x + " + i, " + y + " + i, last - first, inner};");
        kernel.line("  " + (lines.inner() == 1 ? "cumulate_row<" + fold.functor() + ">(piece, sum);"
                : "cumulate_column<" + fold.functor() + ">(piece, sum, inside);"));
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
    }
}
