package dev.keratin.backend.cuda;

import dev.keratin.backend.compiler.IndexChecks;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;

/** The rows of a node's first operand that its second operand, indices, selects. */
interface Selection {
    /** An expression for the row that {@code j} selects, -1 if an index is out of range. */
    String row(KernelBuilder kernel, String j);

    /** Each tuple of indices selects a row of the first axes of the operand, or a single index of a single axis. */
    static Selection rows(Node node, Code code) {
        long[] lengths = IndexChecks.lengths(node.op(), node.inputs().get(0).type().shape(), node.inputs().get(1).type().shape())
                .stream().mapToLong(Long::longValue).toArray();
        return (kernel, j) -> lengths.length == 0 ? "0"
                : "selected(" + indices(node, kernel, code) + ", " + j + ", " + kernel.numbers(lengths) + ")";
    }

    /** Each index selects an element on its own line along an axis. */
    static Selection along(Node node, int axis, Code code) {
        Lines lines = Lines.of(node.inputs().get(0).type().shape(), axis);
        long count = node.inputs().get(1).type().shape().dim(axis);
        return (kernel, j) -> "along(" + indices(node, kernel, code) + ", " + j + ", " + kernel.divisor(count) + ", "
                + kernel.number(lines.length()) + ", " + kernel.divisor(lines.inner()) + ")";
    }

    private static String indices(Node node, KernelBuilder kernel, Code code) {
        Value indices = node.inputs().get(1);
        return kernel.pointer(code.slot(indices), "const " + CTypes.stored(indices.type().dtype()));
    }
}
