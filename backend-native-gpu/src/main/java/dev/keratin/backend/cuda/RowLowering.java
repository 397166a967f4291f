package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes ROW fusions: some threads for each row. The row is walked once for each level, where the level of a value is the
 * number of reductions that have to be done before it. If each thread has one pack of the row it keeps what it has read and
 * computed; else values of full rows are computed again in each walk that needs them.
 */
final class RowLowering {
    private final Node node;
    private final Code code;
    private final Program body;
    private final Shape space;
    private final Map<Value, Integer> levels = new HashMap<>();
    private final Map<Value, Node> producers;
    private final Set<Value> kept = new HashSet<>();
    private final KernelBuilder kernel = new KernelBuilder("row", "elementwise.cuh", "reduce.cuh");
    private final long rows;
    private final long columns;
    private final int width;
    private final Geometry geometry;
    private final boolean keeps;
    private final ElementCode elements;

    RowLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.body = ((Fusion) node.op()).body();
        this.producers = body.producers();
        this.space = body.nodes().stream().filter(inner -> inner.op() instanceof Reduce).findFirst().orElseThrow()
                .inputs().get(0).type().shape();
        this.rows = space.subShape(0, space.rank() - 1).size();
        this.columns = space.dim(-1);
        this.width = Packs.width(Packs.read(Stream.concat(node.inputs().stream(), node.outputs().stream()).toList(), space, code),
                columns, code);
        this.geometry = Geometry.rows(rows, columns / width);
        this.keeps = columns / width <= geometry.threads();
        this.elements = new ElementCode(space, width, "v", kernel.within(space.size()), code);
        body.parameters().forEach(value -> levels.put(value, 0));
        for (Node inner : body.nodes()) {
            int level = inner.inputs().stream().mapToInt(levels::get).max().orElse(0);
            levels.put(inner.output(), inner.op() instanceof Reduce ? level + 1 : level);
        }
    }

    void write() {
        FusedLowering.operands(node, elements, code);
        begin();
        body.parameters().stream().filter(value -> elements.isLoadedOnce(value, columns) && elements.firstUse(value))
                .forEach(value -> kernel.line("  " + elements.load(value)));
        int last = levels.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int level = 0; level <= last; level++) {
            perRow(level);
            walk(level);
        }
        storeRows();
        kernel.line("}").launch(geometry, node.op() + " " + node.scope(), code);
    }

    /** Opens the loop over rows; threads that have none, or no pack of theirs, read what others do and write nothing. */
    private void begin() {
        kernel.line("constexpr int W = " + width + ";");
        kernel.line("const Index columns = " + kernel.number(columns) + ", rows = " + kernel.number(rows) + ", together = blockDim.y;");
        kernel.line("for (Index block = blockIdx.x; block * together < rows; block += Index(gridDim.x)) {");
        kernel.line("  const Index wanted = block * together + Index(threadIdx.y), row = wanted < rows ? wanted : rows - 1;");
        if (keeps) {
            kernel.line("  const Index own = Index(threadIdx.x) * W, c = own < columns ? own : 0, i = row * columns + c;");
            kernel.line("  const bool inside = own < columns, writes = inside && wanted < rows;");
        } else {
            kernel.line("  const Index i = row * columns;");
            kernel.line("  const bool writes = wanted < rows;");
        }
    }

    private boolean isRow(Node inner) {
        return inner.op() instanceof Reduce || !inner.output().type().shape().equals(space);
    }

    /** Values with one element for each row; every thread computes them. */
    private void perRow(int level) {
        for (Node inner : body.nodes()) {
            boolean wanted = isRow(inner) && !(inner.op() instanceof Reduce) && !(inner.op() instanceof Constant)
                    && levels.get(inner.output()) == level;
            if (wanted) {
                for (Value input : inner.inputs()) {
                    if (elements.isLoaded(input) && elements.firstUse(input)) {
                        kernel.line("  " + elements.load(input));
                    }
                }
                kernel.line("  " + elements.computeOnce(inner));
            }
        }
    }

    /** One walk along the row. */
    private void walk(int level) {
        List<Node> reductions = body.nodes().stream().filter(inner -> inner.op() instanceof Reduce
                && levels.get(inner.inputs().get(0)) == level).toList();
        List<Integer> stored = new ArrayList<>();
        for (int i = 0; i < body.results().size(); i++) {
            Value result = body.results().get(i);
            if (!isRow(producers.get(result)) && levels.get(result) == level) {
                stored.add(i);
            }
        }
        if (reductions.isEmpty() && stored.isEmpty()) {
            return;
        }
        Set<Value> needed = new HashSet<>();
        reductions.forEach(inner -> need(inner.inputs().get(0), needed));
        stored.forEach(i -> need(body.results().get(i), needed));
        reductions.forEach(inner -> kernel.line("  " + Reductions.declare(inner, elements)));
        if (!keeps) {
            kernel.line("  for (Index c = Index(threadIdx.x) * W; c < columns; c += Index(blockDim.x) * W) {");
            kernel.line("    const Index i = row * columns + c;");
        }
        statements(needed);
        reductions.forEach(inner -> kernel.line((keeps ? "  if (inside) " : "    ") + Reductions.join(inner, elements)));
        stored.forEach(this::storeElement);
        if (!keeps) {
            kernel.line("  }");
        }
        reductions.forEach(inner -> kernel.line("  " + Reductions.finish(inner, elements)));
    }

    private void need(Value value, Set<Value> needed) {
        Node producer = producers.get(value);
        if (producer == null) {
            needed.add(value);
        } else if (!isRow(producer) && needed.add(value)) {
            producer.inputs().forEach(input -> need(input, needed));
        }
    }

    private void statements(Set<Value> needed) {
        String indent = keeps ? "  " : "    ";
        body.parameters().stream().filter(value -> needed.contains(value) && elements.isLoaded(value) && isMissing(value))
                .forEach(value -> kernel.line(indent + elements.load(value)));
        body.nodes().stream().filter(inner -> needed.contains(inner.output()) && !(inner.op() instanceof Constant)
                && (!keeps || kept.add(inner.output()))).forEach(inner -> kernel.line(indent + elements.compute(inner)));
    }

    /** Whether an operand has to be read in this walk. */
    private boolean isMissing(Value operand) {
        return keeps ? elements.firstUse(operand) : !elements.isLoadedOnce(operand, columns);
    }

    private void storeElement(int i) {
        Value result = body.results().get(i);
        String pointer = kernel.pointer(code.slot(node.outputs().get(i)), CTypes.stored(result.type().dtype()));
        kernel.line("    if (writes) " + elements.store(result, pointer + " + i"));
    }

    private void storeRows() {
        for (int i = 0; i < body.results().size(); i++) {
            Value result = body.results().get(i);
            if (isRow(producers.get(result))) {
                DType dtype = result.type().dtype();
                String pointer = kernel.pointer(code.slot(node.outputs().get(i)), CTypes.stored(dtype));
                kernel.line("  if (writes && threadIdx.x == 0) "
                        + ElementCode.store(dtype, pointer + "[row]", elements.name(result)));
            }
        }
    }
}
