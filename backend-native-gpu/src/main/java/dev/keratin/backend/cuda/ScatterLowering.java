package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes the ops that change rows or elements at given indices. Updates that are joined to elements are so by atomic
 * operations, in any order, hence in a type that has them: narrow ones are widened first and rounded once at the end.
 * Where elements are replaced, the last writer of each row is found first.
 */
final class ScatterLowering {
    private final Node node;
    private final Code code;
    private final ScatterKind kind;
    private final long count;
    private final long inner;
    private final Selection selection;
    private final long size;
    private final String stored;
    private final boolean widened;
    private final String changed;

    /** Changes rows of {@code inner} elements. */
    private ScatterLowering(Node node, Code code, ScatterKind kind, long inner, Selection selection) {
        this.node = node;
        this.code = code;
        this.kind = kind;
        this.inner = inner;
        this.count = inner == 0 ? 0 : node.inputs().get(2).type().shape().size() / inner;
        this.selection = selection;
        this.size = node.output().type().shape().size();
        DType dtype = node.output().type().dtype();
        this.stored = CTypes.stored(dtype);
        this.widened = kind != ScatterKind.SET && !joined(dtype).equals(stored);
        this.changed = kind == ScatterKind.SET ? CTypes.moved(dtype) : joined(dtype);
    }

    /** The type that is joined in; truth values as numbers, which are true unless they are zero. */
    private static String joined(DType dtype) {
        return dtype == DType.BOOL ? "int32_t" : CTypes.compute(dtype);
    }

    static void scatterNd(Node node, Code code) {
        Shape x = node.output().type().shape();
        int tuple = (int) node.inputs().get(1).type().shape().dim(-1);
        new ScatterLowering(node, code, ((ScatterNd) node.op()).kind(), x.subShape(tuple, x.rank()).size(),
                Selection.rows(node, code)).write();
    }

    static void scatterElements(Node node, Code code) {
        ScatterElements op = (ScatterElements) node.op();
        new ScatterLowering(node, code, op.kind(), 1, Selection.along(node, op.axis(), code)).write();
    }

    private void write() {
        code.checkIndices(node);
        if (size == 0) {
            return;
        }
        Slot target = widened ? code.scratch(size * Long.BYTES) : code.slot(node.output());
        begin(target);
        if (kind == ScatterKind.SET) {
            replace(target);
        } else {
            join(target);
        }
        if (widened) {
            KernelBuilder kernel = new KernelBuilder("store", "elementwise.cuh");
            String from = kernel.pointer(target, "const " + changed);
            String to = kernel.pointer(code.slot(node.output()), stored);
            each(kernel, to + "[i] = Element<" + stored + ">::store(" + from + "[i]);");
        }
    }

    /** Copies the first operand; equal elements are not read from memory, for gradients begin with zeros. */
    private void begin(Slot target) {
        Value x = node.inputs().get(0);
        Optional<Literal> splat = code.literal(x).filter(Literal::isSplat);
        KernelBuilder kernel = new KernelBuilder("begin", "elementwise.cuh");
        if (splat.isPresent()) {
            String value = kernel.scalar(splat.get());
            String to = kernel.pointer(target, widened ? changed : stored);
            each(kernel, to + "[i] = " + (widened ? value : "Element<" + stored + ">::store(" + value + ")") + ";");
        } else if (widened) {
            String from = kernel.pointer(code.slot(x), "const " + stored);
            each(kernel, kernel.pointer(target, changed) + "[i] = Element<" + stored + ">::load(" + from + "[i]);");
        } else {
            code.copy(code.slot(x), target, x.type().byteSize());
        }
    }

    /** A statement for each element {@code i} of the result. */
    private void each(KernelBuilder kernel, String statement) {
        kernel.within(size).line("FOR_EACH(i, " + kernel.number(size) + ") " + statement);
        launch(kernel, size);
    }

    private void launch(KernelBuilder kernel, long threads) {
        kernel.launch(Geometry.loop(threads), node.op() + " " + node.scope(), code);
    }

    private void join(Slot target) {
        KernelBuilder kernel = new KernelBuilder("scatter", "elementwise.cuh", "joins.cuh", "indices.cuh", "atomics.cuh");
        String update = changed + "(Element<" + stored + ">::load(" + updates(kernel, stored) + "[i]))";
        String element = kernel.pointer(target, changed) + " + row * inner + i - j * inner";
        eachUpdate(kernel, "if (row >= 0) join_at<" + functor() + ">(" + element + ", " + update + ");");
    }

    private String functor() {
        return switch (kind) {
            case ADD -> "Sum";
            case MUL -> "Prod";
            case MAX -> "Max";
            case MIN -> "Min";
            case SET -> throw new IllegalStateException("ScatterLowering: a kind that joins is required. Received: SET.");
        };
    }

    private void replace(Slot target) {
        String type = count > Integer.MAX_VALUE ? "int64_t" : "int32_t";
        Slot last = code.scratch(size / inner * Long.BYTES);
        eachRow(last, type, place -> place + " = -1;");
        eachRow(last, type, place -> "atomicMax(&" + place + ", " + type + "(j));");
        KernelBuilder kernel = new KernelBuilder("scatter", "indices.cuh");
        String wins = kernel.pointer(last, "const " + type) + "[row] == j";
        String element = kernel.pointer(target, changed) + "[row * inner + i - j * inner]";
        eachUpdate(kernel, "if (row >= 0 && " + wins + ") " + element + " = " + updates(kernel, changed) + "[i];");
    }

    private String updates(KernelBuilder kernel, String type) {
        return kernel.pointer(code.slot(node.inputs().get(2)), "const " + type);
    }

    /** A statement for each row {@code j} of updates, about the last writer of the row that it changes. */
    private void eachRow(Slot last, String type, UnaryOperator<String> statement) {
        KernelBuilder kernel = new KernelBuilder("writers", "indices.cuh").within(count, size);
        kernel.line("FOR_EACH(j, " + kernel.number(count) + ") {");
        kernel.line("  const Index row = " + selection.row(kernel, "j") + ";");
        kernel.line("  if (row >= 0) " + statement.apply(kernel.pointer(last, type) + "[row]")).line("}");
        launch(kernel, count);
    }

    /** A statement for each element {@code i} of the updates, which is in row {@code j} of them, for {@code row}. */
    private void eachUpdate(KernelBuilder kernel, String statement) {
        String divisor = kernel.divisor(inner);
        kernel.within(count * inner, size).line("const Index inner = " + divisor + ".value;");
        kernel.line("FOR_EACH(i, " + kernel.number(count * inner) + ") {");
        kernel.line("  const Index j = quotient(i, " + divisor + "), row = " + selection.row(kernel, "j") + ";");
        kernel.line("  " + statement).line("}");
        launch(kernel, count * inner);
    }
}
