package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Writes COLUMN fusions: a block reduces 32 neighbouring columns, 8 rows at a time. */
final class ColumnLowering {
    private static final int LANES = 32;
    private static final int ROWS = 8;

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
        begin(outer, reduced, inner);
        reductions.forEach(each -> kernel.line("  " + Reductions.declare(each, elements)));
        kernel.line("  if (c < inner) for (int64_t r = threadIdx.y; r < reduced; r += blockDim.y) {");
        kernel.line("    const int64_t i = (outer * reduced + r) * inner + c;");
        body.parameters().stream().filter(elements::isLoaded).forEach(value -> kernel.line("    " + elements.load(value)));
        body.nodes().stream().filter(each -> !(each.op() instanceof Reduce) && !(each.op() instanceof Constant))
                .forEach(each -> kernel.line("    " + elements.compute(each)));
        reductions.forEach(each -> kernel.line("    " + Reductions.join(each, elements)));
        store(elements, false);
        kernel.line("  }");
        reductions.forEach(each -> kernel.line("  " + Reductions.finish(each, elements, "column_reduce")));
        store(elements, true);
        kernel.line("}").launch(geometry(outer, inner), node.op() + " " + node.scope(), code);
    }

    private void begin(long outer, long reduced, long inner) {
        begin(kernel, outer, reduced, inner);
    }

    /** Opens a loop over the groups of columns: sets {@code outer}, {@code reduced}, {@code inner} and {@code c}. */
    static void begin(KernelBuilder kernel, long outer, long reduced, long inner) {
        kernel.line("const int64_t reduced = " + kernel.number(reduced) + ", inner = " + kernel.number(inner)
                + ", tiles = (inner + blockDim.x - 1) / blockDim.x;");
        kernel.line("for (int64_t tile = blockIdx.x; tile < " + kernel.number(outer) + " * tiles; tile += gridDim.x) {");
        kernel.line("  const int64_t outer = tile / tiles, c = tile % tiles * blockDim.x + threadIdx.x;");
    }

    static Geometry geometry(long outer, long inner) {
        return new Geometry(Math.min(outer * ((inner + LANES - 1) / LANES), 1 << 20), 1, LANES, ROWS);
    }

    private void store(ElementCode elements, boolean reduced) {
        for (int i = 0; i < body.results().size(); i++) {
            Value result = body.results().get(i);
            if (reduced == reductions.stream().anyMatch(each -> each.output() == result)) {
                DType dtype = result.type().dtype();
                String pointer = kernel.pointer(code.slot(node.outputs().get(i)), CTypes.stored(dtype));
                String place = reduced ? "[outer * inner + c]" : "[i]";
                kernel.line((reduced ? "  if (threadIdx.y == 0 && c < inner) " : "    ")
                        + ElementCode.store(dtype, pointer + place, elements.name(result)));
            }
        }
    }
}
