package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Writes reductions: of neighbouring axes as a fused step without instructions, of others as a step of their own. */
final class ReduceLowering {
    private ReduceLowering() {}

    /** A run of axes that are all reduced or all kept, joined to one. */
    private record Run(boolean reduced, long length) {}

    static void reduce(Node node, Code code) {
        Reduce reduce = (Reduce) node.op();
        List<Run> runs = runs(reduce, node.inputs().get(0).type().shape());
        long reduced = runs.stream().filter(Run::reduced).count();
        if (reduced == 0) {
            CopyLowering.copy(node, code);
        } else if (reduced == 1) {
            fused(node, runs, code);
        } else {
            general(node, runs, code);
        }
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

    private static void fused(Node node, List<Run> runs, Code code) {
        Value x = node.inputs().get(0);
        Reduce reduce = (Reduce) node.op();
        Shape joined = Shape.of(runs.stream().map(Run::length).toList());
        int axis = runs.get(0).reduced() ? 0 : 1;
        boolean row = axis == runs.size() - 1;
        FusedCode step = new FusedCode(row ? FusedCode.Kind.ROW : FusedCode.Kind.COLUMN, joined, axis, 1);
        step.operand(x, x, x.type().withShape(joined));
        if (row) {
            step.instruction(node);
            step.output(node.output(), node.output(), FusedCode.PER_ROW);
        } else {
            step.output(x, node.output(), reduce.kind().ordinal());
        }
        step.write(node, code);
    }

    private static void general(Node node, List<Run> runs, Code code) {
        Reduce reduce = (Reduce) node.op();
        code.begin(Opcode.REDUCE, node).tensor(node.inputs().get(0)).slot(node.output()).word(reduce.kind().ordinal());
        code.word(runs.size());
        runs.forEach(run -> code.flag(run.reduced()).word(run.length()));
        code.end();
    }
}
