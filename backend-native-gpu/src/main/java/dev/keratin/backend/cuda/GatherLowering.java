package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.Node;

/** Writes the ops that take rows or elements at given indices: one thread for each pack of the result. */
final class GatherLowering {
    private GatherLowering() {}

    static void gather(Node node, Code code) {
        Lines lines = Lines.of(shape(node, 0), ((Gather) node.op()).axis());
        write(node, lines, shape(node, 1).size(), Selection.rows(node, code), code);
    }

    static void gatherNd(Node node, Code code) {
        Shape x = shape(node, 0);
        Shape indices = shape(node, 1);
        int tuple = (int) indices.dim(-1);
        Lines lines = new Lines(1, x.subShape(0, tuple).size(), x.subShape(tuple, x.rank()).size());
        write(node, lines, indices.remove(-1).size(), Selection.rows(node, code), code);
    }

    static void gatherElements(Node node, Code code) {
        Lines lines = new Lines(1, shape(node, 0).size(), 1);
        write(node, lines, shape(node, 1).size(), Selection.along(node, ((GatherElements) node.op()).axis(), code), code);
    }

    private static Shape shape(Node node, int operand) {
        return node.inputs().get(operand).type().shape();
    }

    /** The operand has {@code lines}, of which {@code count} rows are selected. */
    private static void write(Node node, Lines lines, long count, Selection selection, Code code) {
        code.checkIndices(node);
        long size = node.output().type().shape().size();
        if (shape(node, 0).size() == 0) {
            return;
        }
        Slot from = code.slot(node.inputs().get(0));
        Slot to = code.slot(node.output());
        int bytes = node.output().type().dtype().byteSize();
        int width = Packs.moved(bytes, lines.inner(), code, from, to);
        String type = CTypes.moved(width * bytes);
        KernelBuilder kernel = new KernelBuilder("gather", "indices.cuh").within(size, shape(node, 0).size());
        String x = kernel.pointer(from, "const " + type);
        String y = kernel.pointer(to, type);
        String each = kernel.divisor(count);
        String inner = kernel.divisor(lines.inner() / width);
        kernel.line("FOR_EACH(i, " + kernel.number(size / width) + ") {");
        kernel.line("  const Index inner = " + inner + ".value, line = quotient(i, " + inner + "), outer = quotient(line, " + each + ");");
        kernel.line("  const Index j = line - outer * Index(" + each + ".value), row = " + selection.row(kernel, "j") + ";");
        kernel.line("  " + y + "[i] = " + x + "[(outer * Index(" + kernel.number(lines.length())
                + ") + (row < 0 ? 0 : row)) * inner + i - line * inner];");
        kernel.line("}").launch(Geometry.loop(size / width), node.op() + " " + node.scope(), code);
    }
}
