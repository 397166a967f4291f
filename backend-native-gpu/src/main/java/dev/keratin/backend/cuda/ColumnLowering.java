package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes COLUMN fusions; what follows from the reductions is done by the threads that have their results. */
final class ColumnLowering {
    private final Node node;
    private final Code code;
    private final Program body;
    private final List<Node> reductions;
    private final Shape space;
    private final LineBlocks blocks;
    private final KernelBuilder kernel = new KernelBuilder("column", "elementwise.cuh", "reduce.cuh");
    private final ElementCode elements;
    private final ElementCode results;

    ColumnLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.body = ((Fusion) node.op()).body();
        this.reductions = body.nodes().stream().filter(inner -> inner.op() instanceof Reduce).toList();
        this.space = reductions.get(0).inputs().get(0).type().shape();
        List<Integer> axes = ((Reduce) reductions.get(0).op()).axes();
        int behind = axes.get(0) + axes.size();
        Lines lines = new Lines(space.subShape(0, axes.get(0)).size(), space.subShape(axes.get(0), behind).size(),
                space.subShape(behind, space.rank()).size());
        this.blocks = LineBlocks.of(lines, width(LineBlocks.neighbours(lines)));
        this.elements = new ElementCode(space, blocks.width(), "v", kernel, code);
        this.results = new ElementCode(reducedShape(), blocks.resultWidth(), "r", kernel, code);
    }

    private Shape reducedShape() {
        return reductions.get(0).output().type().shape();
    }

    /** How many neighbouring elements a thread takes; what has the shape of the reductions is moved in packs as well. */
    private int width(long neighbours) {
        boolean aligned = Packs.read(Stream.concat(node.inputs().stream(), node.outputs().stream()).toList(), reducedShape(), code)
                .stream().allMatch(value -> Packs.isAligned(value, code));
        return aligned ? Packs.width(Packs.read(node.inputs(), space, code), neighbours, code) : 1;
    }

    void write() {
        List<Node> before = elementwise(inner -> inner.output().type().shape().equals(space));
        List<Node> behind = elementwise(inner -> !inner.output().type().shape().equals(space));
        FusedLowering.operands(node, Stream.concat(before.stream(), reductions.stream()).toList(), elements, code);
        FusedLowering.operands(node, behind, results, code);
        blocks.begin(kernel);
        List<Total> totals = reductions.stream().map(each -> new Total(elements.define(each.output()), Fold.of(each))).toList();
        totals.forEach(each -> kernel.line("  " + each.declare()));
        List<Value> loaded = body.parameters().stream().filter(elements::isLoaded).toList();
        blocks.each(kernel, loaded.size());
        loaded.forEach(value -> kernel.line("    " + elements.load(value)));
        before.forEach(each -> kernel.line("    " + elements.compute(each)));
        for (int i = 0; i < totals.size(); i++) {
            kernel.line("    " + totals.get(i).join(elements.element(reductions.get(i).inputs().get(0))));
        }
        kernel.line("  }");
        blocks.finish(kernel, totals, code);
        writeResults(totals, behind);
        blocks.launch(kernel, node.op() + " " + node.scope(), code);
    }

    private List<Node> elementwise(Predicate<Node> which) {
        return body.nodes().stream().filter(inner -> !(inner.op() instanceof Reduce) && !(inner.op() instanceof Constant))
                .filter(which).toList();
    }

    /** All is read before anything is written, over what may have been read. */
    private void writeResults(List<Total> totals, List<Node> behind) {
        blocks.beginResults(kernel);
        for (int i = 0; i < totals.size(); i++) {
            kernel.line("    " + results.take(reductions.get(i).output(), totals.get(i).name()));
        }
        body.parameters().stream().filter(results::isLoaded).forEach(value -> kernel.line("    " + results.load(value)));
        behind.forEach(each -> kernel.line("    " + results.compute(each)));
        for (int i = 0; i < node.outputs().size(); i++) {
            String pointer = kernel.pointer(code.slot(node.outputs().get(i)), CTypes.stored(node.outputs().get(i).type().dtype()));
            kernel.line("    " + results.store(body.results().get(i), pointer + " + i"));
        }
        kernel.line("  }");
    }
}
