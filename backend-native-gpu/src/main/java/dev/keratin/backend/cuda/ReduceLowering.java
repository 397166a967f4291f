package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import java.util.ArrayList;
import java.util.List;

/** Writes reductions: one kernel for each run of neighbouring axes, the last run first. */
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
                String load = type.equals(CTypes.stored(dtype)) ? "Element<" + type + ">::load" : "";
                String store = left == 0 ? "Element<" + next + ">::store" : "";
                new Reduction(node, code, load, store).write(from, type, to, next, outer, runs.get(i).length(), inner);
                from = to;
                type = next;
                runs.remove(i);
            }
        }
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

    /** One kernel from [outer, reduced, inner] to [outer, inner]. */
    private record Reduction(Node node, Code code, String load, String store) {
        void write(Slot from, String fromType, Slot to, String toType, long outer, long reduced, long inner) {
            boolean row = inner == 1;
            KernelBuilder kernel = new KernelBuilder(node.op().label(), "elementwise.cuh", "reduce.cuh");
            String x = kernel.pointer(from, "const " + fromType);
            String y = kernel.pointer(to, toType);
            String f = Reductions.functor(((Reduce) node.op()).kind());
            DType dtype = node.output().type().dtype();
            String start = "  " + CTypes.compute(dtype) + " sum = " + f + "::none<" + CTypes.stored(dtype) + ">();";
            String join = "sum = " + f + "::join(sum, " + load + "(" + x;
            if (row) {
                kernel.line("const int64_t reduced = " + kernel.number(reduced) + ", rows = " + kernel.number(outer) + ";");
                kernel.line("for (int64_t row = blockIdx.x; row < rows; row += gridDim.x) {").line(start);
                kernel.line("  for (int64_t r = threadIdx.x; r < reduced; r += blockDim.x) " + join + "[row * reduced + r]));");
                kernel.line("  sum = block_reduce<" + f + ">(sum);");
                kernel.line("  if (threadIdx.x == 0) " + y + "[row] = " + store + "(sum);").line("}");
                kernel.launch(Geometry.of(Math.min(outer, 1 << 20), RowLowering.threads(reduced)), node.op() + " " + node.scope(), code);
            } else {
                ColumnLowering.begin(kernel, outer, reduced, inner);
                kernel.line(start).line("  if (c < inner) for (int64_t r = threadIdx.y; r < reduced; r += blockDim.y) "
                        + join + "[(outer * reduced + r) * inner + c]));");
                kernel.line("  sum = column_reduce<" + f + ">(sum);");
                kernel.line("  if (threadIdx.y == 0 && c < inner) " + y + "[outer * inner + c] = " + store + "(sum);").line("}");
                kernel.launch(ColumnLowering.geometry(outer, inner), node.op() + " " + node.scope(), code);
            }
        }
    }
}
