package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
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
        Lines lines = new Lines(space.subShape(0, axes.get(0)).size(), space.subShape(axes.get(0), axes.get(0) + axes.size()).size(),
                space.subShape(axes.get(0) + axes.size(), space.rank()).size());
        int width = Packs.width(Packs.read(node.inputs(), space, code), LineBlocks.neighbours(lines), code);
        ElementCode elements = new ElementCode(space, width, kernel, code);
        FusedLowering.operands(node, elements, code);
        LineBlocks blocks = LineBlocks.of(lines, width);
        blocks.begin(kernel);
        List<Total> totals = reductions.stream().map(each -> total(each, elements)).toList();
        totals.forEach(each -> kernel.line("  " + each.declare()));
        List<Value> loaded = body.parameters().stream().filter(elements::isLoaded).toList();
        blocks.each(kernel, loaded.size());
        loaded.forEach(value -> kernel.line("    " + elements.load(value)));
        body.nodes().stream().filter(each -> !(each.op() instanceof Reduce) && !(each.op() instanceof Constant))
                .forEach(each -> kernel.line("    " + elements.compute(each)));
        for (int i = 0; i < totals.size(); i++) {
            kernel.line("    " + totals.get(i).join(elements.element(reductions.get(i).inputs().get(0))));
        }
        kernel.line("  }");
        blocks.finish(kernel, totals, code);
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
    }

    private Total total(Node reduction, ElementCode elements) {
        Slot to = code.slot(node.outputs().get(body.results().indexOf(reduction.output())));
        return new Total(elements.define(reduction.output()), Fold.of(reduction), to, CTypes.stored(reduction.output().type().dtype()));
    }
}
