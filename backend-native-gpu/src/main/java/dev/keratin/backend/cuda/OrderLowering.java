package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ops that order elements. Blocks sort tiles of each line in shared memory; sorted tiles are merged, or, where
 * only the first few are wanted, the best of each tile are sorted again.
 */
final class OrderLowering {
    private static final int TILE = 2048;
    /** Few enough that another round leaves a quarter of the items or less. */
    private static final int FEW = TILE / 4;

    private final Node node;
    private final Code code;
    private final Lines lines;
    private final boolean descending;
    private final long wanted;
    private final @Nullable Slot values;
    private final @Nullable Slot places;
    private final DType dtype;
    private final String item;

    private OrderLowering(Node node, Code code, int axis, boolean descending, @Nullable Slot values, @Nullable Slot places) {
        this.node = node;
        this.code = code;
        this.lines = Lines.of(node.inputs().get(0).type().shape(), axis);
        this.descending = descending;
        this.wanted = node.output().type().shape().dim(axis);
        this.values = values;
        this.places = places;
        this.dtype = node.inputs().get(0).type().dtype();
        this.item = CTypes.compute(dtype).matches("double|int64_t") ? "Wide" : "uint64_t";
    }

    static void sort(Node node, Code code) {
        Sort op = (Sort) node.op();
        new OrderLowering(node, code, op.axis(), op.descending(), code.slot(node.output()), null).write();
    }

    static void argSort(Node node, Code code) {
        ArgSort op = (ArgSort) node.op();
        new OrderLowering(node, code, op.axis(), op.descending(), null, code.slot(node.output())).write();
    }

    static void topK(Node node, Code code) {
        int last = node.inputs().get(0).type().shape().rank() - 1;
        new OrderLowering(node, code, last, true, code.slot(node.outputs().get(0)), code.slot(node.outputs().get(1))).write();
    }

    /**
     * Items of every line.
     *
     * @param length how many of each line
     * @param run how many neighbours are in order
     */
    private record Items(Slot slot, long length, long run) {}

    private long count() {
        return lines.outer() * lines.inner();
    }

    private void write() {
        if (count() == 0 || wanted == 0) {
            return;
        }
        long kept = wanted <= FEW ? wanted : TILE;
        Items items = null;
        long length = lines.length();
        while (length > TILE && (items == null || wanted <= FEW)) {
            items = sortTiles(items, length, kept);
            length = items.length();
        }
        if (items == null || wanted <= FEW) {
            sortLast(items, length);
        } else {
            emit(merged(items));
        }
    }

    /** Sorts tiles of the elements, or of items, and keeps the first few of each. */
    private Items sortTiles(@Nullable Items from, long length, long kept) {
        long tiles = (length + TILE - 1) / TILE;
        Items to = items(tiles * kept, kept);
        KernelBuilder kernel = new KernelBuilder("sort", "elementwise.cuh", "reduce.cuh", "items.cuh", "sort.cuh");
        begin(kernel, from, length, TILE);
        kernel.line("  for (int64_t j = threadIdx.x; j < " + kernel.number(kept) + "; j += blockDim.x) " + kernel.pointer(to.slot(), item)
                + "[block * " + kernel.number(kept) + " + j] = items[j];");
        finish(kernel, tiles, TILE);
        return to;
    }

    /** Sorts the elements, or items, of lines that fit in a tile each, and stores the results. */
    private void sortLast(@Nullable Items from, long length) {
        int size = (int) Math.max(2, 2 * Long.highestOneBit(Math.max(1, length - 1)));
        KernelBuilder kernel = new KernelBuilder("sort", "elementwise.cuh", "reduce.cuh", "items.cuh", "sort.cuh");
        begin(kernel, from, length, size);
        kernel.line("  for (int64_t j = threadIdx.x; j < " + kernel.number(wanted) + "; j += blockDim.x) {");
        store(kernel, "items[j]");
        kernel.line("  }");
        finish(kernel, 1, size);
    }

    private Items items(long length, long run) {
        return new Items(code.scratch(count() * length * (item.equals("Wide") ? 2 * Long.BYTES : Long.BYTES)), length, run);
    }

    /** Opens a loop over the tiles and sorts one. */
    private void begin(KernelBuilder kernel, @Nullable Items from, long length, int size) {
        kernel.line("const int64_t length = " + kernel.number(length) + ", inner = " + kernel.number(lines.inner()) + ", whole = "
                + kernel.number(lines.length()) + ";");
        kernel.line("const int size = " + kernel.number(size) + ";");
        kernel.line("const int64_t tiles = (length + size - 1) / size;");
        kernel.line(item + "* items = block_items<" + item + ">();");
        kernel.line("for (int64_t block = blockIdx.x; block < " + kernel.number(count()) + " * tiles; block += gridDim.x) {");
        kernel.line("  const int64_t line = block / tiles, tile = block % tiles * size;");
        kernel.line("  for (int j = threadIdx.x; j < size; j += blockDim.x) {");
        kernel.line("    const int64_t at = tile + j;");
        kernel.line("    items[j] = at < length ? " + (from == null ? fresh(kernel)
                : kernel.pointer(from.slot(), "const " + item) + "[line * length + at]") + " : End<" + item + ">::value();");
        kernel.line("  }").line("  block_sort(items, size);");
    }

    /** The item of an element. */
    private String fresh(KernelBuilder kernel) {
        return "item(" + (descending ? "~" : "") + "key_of(Element<" + CTypes.stored(dtype) + ">::load(" + element(kernel, "at")
                + ")), uint32_t(at))";
    }

    private String element(KernelBuilder kernel, String place) {
        return kernel.pointer(code.slot(node.inputs().get(0)), "const " + CTypes.stored(dtype)) + "[(line / inner * whole + " + place
                + ") * inner + line % inner]";
    }

    /** Stores item {@code j} of a line. */
    private void store(KernelBuilder kernel, String from) {
        kernel.line("    const int64_t place = place_of(" + from + "), to = (line / inner * " + kernel.number(wanted)
                + " + j) * inner + line % inner;");
        if (values != null) {
            kernel.line("    " + kernel.pointer(values, CTypes.stored(dtype)) + "[to] = " + element(kernel, "place") + ";");
        }
        if (places != null) {
            kernel.line("    " + kernel.pointer(places, "int32_t") + "[to] = int32_t(place);");
        }
    }

    private void finish(KernelBuilder kernel, long tiles, int size) {
        kernel.line("  block_done();").line("}");
        int threads = Math.max(Geometry.LANES, Math.min(Geometry.MOST_THREADS, size / 2));
        kernel.launch(Geometry.of(count() * tiles, threads), what(), code);
    }

    private String what() {
        return node.op() + " " + node.scope();
    }

    private Items merged(Items items) {
        List<Items> rooms = List.of(items, items(items.length(), 0));
        Items from = items;
        for (int pass = 1; from.run() < from.length(); pass++) {
            Items to = new Items(rooms.get(pass % 2).slot(), from.length(), 2 * from.run());
            KernelBuilder kernel = new KernelBuilder("merge", "elementwise.cuh", "items.cuh");
            kernel.line("merge(" + String.join(", ", kernel.pointer(from.slot(), "const " + item), kernel.pointer(to.slot(), item),
                    kernel.number(count() * from.length()), kernel.number(from.length()), kernel.number(from.run())) + ");");
            kernel.launch(Geometry.loop(count() * from.length()), what(), code);
            from = to;
        }
        return from;
    }

    private void emit(Items items) {
        KernelBuilder kernel = new KernelBuilder("emit", "elementwise.cuh", "items.cuh");
        kernel.line("const int64_t inner = " + kernel.number(lines.inner()) + ", whole = " + kernel.number(lines.length()) + ";");
        kernel.line("FOR_EACH(i, " + kernel.number(count() * wanted) + ") {");
        String number = kernel.number(wanted);
        kernel.line("  const int64_t line = i / " + number + ", j = i % " + number + ";");
        store(kernel, kernel.pointer(items.slot(), "const " + item) + "[line * " + kernel.number(items.length()) + " + j]");
        kernel.line("}").launch(Geometry.loop(count() * wanted), what(), code);
    }
}
