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

/**
 * Writes ROW fusions: one block for each row. The row is walked once for each level, where the level of a value is the
 * number of reductions that have to be done before it; values of full rows are computed again in each walk that needs them.
 */
final class RowLowering {
    private final Node node;
    private final Code code;
    private final Program body;
    private final Shape space;
    private final Map<Value, Integer> levels = new HashMap<>();
    private final Map<Value, Node> producers;
    private final KernelBuilder kernel = new KernelBuilder("row", "elementwise.cuh", "reduce.cuh");
    private final ElementCode elements;

    RowLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.body = ((Fusion) node.op()).body();
        this.producers = body.producers();
        this.space = body.nodes().stream().filter(inner -> inner.op() instanceof Reduce).findFirst().orElseThrow()
                .inputs().get(0).type().shape();
        this.elements = new ElementCode(space, kernel, code);
        body.parameters().forEach(value -> levels.put(value, 0));
        for (Node inner : body.nodes()) {
            int level = inner.inputs().stream().mapToInt(levels::get).max().orElse(0);
            levels.put(inner.output(), inner.op() instanceof Reduce ? level + 1 : level);
        }
    }

    void write() {
        long columns = space.dim(-1);
        long rows = space.subShape(0, space.rank() - 1).size();
        FusedLowering.operands(node, elements, code);
        kernel.line("const int64_t columns = " + kernel.number(columns) + ", rows = " + kernel.number(rows) + ";");
        kernel.line("for (int64_t row = blockIdx.x; row < rows; row += gridDim.x) {");
        kernel.line("  const int64_t i = row * columns;");
        int last = levels.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int level = 0; level <= last; level++) {
            perRow(level);
            walk(level);
        }
        storeRows();
        kernel.line("}").launch(Geometry.rows(rows, columns), node.op() + " " + node.scope(), code);
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
                kernel.line("  " + elements.compute(inner));
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
        kernel.line("  for (int64_t c = threadIdx.x; c < columns; c += blockDim.x) {");
        kernel.line("    const int64_t i = row * columns + c;");
        statements(needed);
        reductions.forEach(inner -> kernel.line("    " + Reductions.join(inner, elements)));
        stored.forEach(this::storeElement);
        kernel.line("  }");
        reductions.forEach(inner -> kernel.line("  " + Reductions.finish(inner, elements, "block_reduce")));
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
        body.parameters().stream().filter(value -> needed.contains(value) && elements.isLoaded(value))
                .forEach(value -> kernel.line("    " + elements.load(value)));
        body.nodes().stream().filter(inner -> needed.contains(inner.output()) && !(inner.op() instanceof Constant))
                .forEach(inner -> kernel.line("    " + elements.compute(inner)));
    }

    private void storeElement(int i) {
        DType dtype = body.results().get(i).type().dtype();
        String pointer = kernel.pointer(code.slot(node.outputs().get(i)), CTypes.stored(dtype));
        kernel.line("    " + ElementCode.store(dtype, pointer + "[i]", elements.name(body.results().get(i))));
    }

    private void storeRows() {
        for (int i = 0; i < body.results().size(); i++) {
            Value result = body.results().get(i);
            if (isRow(producers.get(result))) {
                DType dtype = result.type().dtype();
                String pointer = kernel.pointer(code.slot(node.outputs().get(i)), CTypes.stored(dtype));
                kernel.line("  if (threadIdx.x == 0) " + ElementCode.store(dtype, pointer + "[row]", elements.name(result)));
            }
        }
    }
}
