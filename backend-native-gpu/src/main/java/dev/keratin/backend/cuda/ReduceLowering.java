package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Writes reductions, one for each run of neighbouring axes, the last run first. */
final class ReduceLowering {
    private ReduceLowering() {}

    /** A run of axes that are all reduced or all kept, joined to one. */
    private record Run(boolean reduced, long length) {}

    static void reduce(Node node, Code code) {
        Reduce reduce = (Reduce) node.op();
        DType dtype = node.output().type().dtype();
        List<Run> runs = runs(reduce, node.inputs().get(0).type().shape());
        Slot from = code.slot(node.inputs().get(0));
        String type = CTypes.stored(dtype);
        Fold whole = Fold.of(node);
        int left = (int) runs.stream().filter(Run::reduced).count();
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
                new Reduction(node, code, left == 0 ? fold : fold.unfinished())
                        .write(from, type, to, next, new Lines(outer, runs.get(i).length(), inner));
                from = to;
                type = next;
                runs.remove(i);
            }
        }
    }

    static void argReduce(Node node, Code code) {
        Value x = node.inputs().get(0);
        new Reduction(node, code, Fold.of(node)).write(code.slot(x), CTypes.stored(x.type().dtype()), code.slot(node.output()), "int32_t",
                Lines.of(x.type().shape(), ((ArgReduce) node.op()).axis()));
    }

    private static long size(List<Run> runs) {
        return runs.stream().mapToLong(Run::length).reduce(1, (a, b) -> a * b);
    }

    private static List<Run> runs(Reduce reduce, Shape shape) {
        List<Run> runs = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean reduced = reduce.axes().contains(axis);
            long length = shape.dim(axis);
            int last = runs.size() - 1;
            if (length != 1 && last >= 0 && runs.get(last).reduced() == reduced) {
                runs.set(last, new Run(reduced, runs.get(last).length() * length));
            } else if (length != 1) {
                runs.add(new Run(reduced, length));
            }
        }
        return runs;
    }
}
