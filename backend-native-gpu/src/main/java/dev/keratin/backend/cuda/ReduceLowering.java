package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.compiler.AxisRun;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Writes reductions, one for each run of neighbouring axes, the last run first. */
final class ReduceLowering {
    private ReduceLowering() {}

    static void reduce(Node node, Code code) {
        Reduce reduce = (Reduce) node.op();
        DType dtype = node.output().type().dtype();
        List<AxisRun> runs = AxisRun.of(reduce, node.inputs().get(0).type().shape());
        Slot from = code.slot(node.inputs().get(0));
        String type = CTypes.stored(dtype);
        Fold whole = Fold.of(node);
        int left = (int) runs.stream().filter(AxisRun::reduced).count();
        if (left == 0) {
            code.copy(from, code.slot(node.output()), node.output().type().byteSize());
        }
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).reduced()) {
                left--;
                String next = left == 0 ? CTypes.stored(dtype) : CTypes.compute(dtype);
                long outer = size(runs.subList(0, i));
                long inner = size(runs.subList(i + 1, runs.size()));
                Slot to = left == 0 ? code.slot(node.output()) : code.scratch(outer * inner * Long.BYTES);
                Fold fold = type.equals(CTypes.stored(dtype)) ? whole : whole.further();
                Lines lines = new Lines(outer, runs.get(i).length(), inner);
                int width = fold == whole ? Packs.width(node.inputs(), LineBlocks.neighbours(lines), code) : 1;
                new Reduction(node, code, left == 0 ? fold : fold.unfinished()).write(from, type, to, next, lines, width);
                from = to;
                type = next;
                runs.remove(i);
            }
        }
    }

    static void argReduce(Node node, Code code) {
        Value x = node.inputs().get(0);
        new Reduction(node, code, Fold.of(node)).write(code.slot(x), CTypes.stored(x.type().dtype()), code.slot(node.output()), "int32_t",
                Lines.of(x.type().shape(), ((ArgReduce) node.op()).axis()), 1);
    }

    private static long size(List<AxisRun> runs) {
        return runs.stream().mapToLong(AxisRun::length).reduce(1, (a, b) -> a * b);
    }
}
