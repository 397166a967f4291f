package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import java.util.List;

/** Writes COLUMN fusions. */
final class ColumnLowering {
    private final Node node;
    private final Code code;
    private final Program body;
    private final List<Node> reductions;
    private final KernelBuilder kernel = new KernelBuilder("column", "elementwise.cuh", "reduce.cuh");

    ColumnLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.body = ((Fusion) node.op()).body();
        this.reductions = body.nodes().stream().filter(inner -> inner.op() instanceof Reduce).toList();
    }

    void write() {
        List<Integer> axes = ((Reduce) reductions.get(0).op()).axes();
        Shape space = reductions.get(0).inputs().get(0).type().shape();
        ElementCode elements = new ElementCode(space, kernel, code);
        FusedLowering.operands(node, elements, code);
        long outer = space.subShape(0, axes.get(0)).size();
        long inner = space.subShape(axes.get(0) + axes.size(), space.rank()).size();
        long reduced = space.subShape(axes.get(0), axes.get(0) + axes.size()).size();
        LineBlocks blocks = new LineBlocks(new Lines(outer, reduced, inner));
        blocks.begin(kernel);
        reductions.forEach(each -> kernel.line("  " + Reductions.declare(each, elements)));
        blocks.each(kernel);
        body.parameters().stream().filter(elements::isLoaded).forEach(value -> kernel.line("    " + elements.load(value)));
        body.nodes().stream().filter(each -> !(each.op() instanceof Reduce) && !(each.op() instanceof Constant))
                .forEach(each -> kernel.line("    " + elements.compute(each)));
        reductions.forEach(each -> kernel.line("    " + Reductions.join(each, elements)));
        kernel.line("  }");
        reductions.forEach(each -> kernel.line("  " + Reductions.finish(each, elements, blocks.join())));
        List<Slot> parts = reductions.stream().map(each -> store(each, elements, blocks)).toList();
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
        for (int i = 0; i < parts.size() && blocks.parts() > 1; i++) {
            Node each = reductions.get(i);
            Fold fold = Fold.of(each);
            new Reduction(each, code, fold.further()).write(parts.get(i), fold.type(), result(each),
                    CTypes.stored(each.output().type().dtype()), blocks.results());
        }
    }

    private Slot result(Node reduction) {
        return code.slot(node.outputs().get(body.results().indexOf(reduction.output())));
    }

    /** Stores what a block has reduced: the result, or that of a part in scratch. */
    private Slot store(Node reduction, ElementCode elements, LineBlocks blocks) {
        DType dtype = reduction.output().type().dtype();
        boolean whole = blocks.parts() == 1;
        Lines results = blocks.results();
        Slot to = whole ? result(reduction) : code.scratch(results.outer() * results.length() * results.inner() * Long.BYTES);
        String element = kernel.pointer(to, whole ? CTypes.stored(dtype) : CTypes.compute(dtype)) + "[" + blocks.place() + "]";
        String value = elements.name(reduction.output());
        String statement = whole ? ElementCode.store(dtype, element, value) : element + " = " + value + ";";
        kernel.line("  if (" + blocks.writes() + ") " + statement);
        return to;
    }
}
