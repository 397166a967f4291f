package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.compiler.AxisRun;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Writes reductions: of neighbouring axes as a fused step without instructions, of others as a step of their own. */
final class ReduceLowering {
    private ReduceLowering() {}

    static void reduce(Node node, Code code) {
        Reduce reduce = (Reduce) node.op();
        List<AxisRun> runs = AxisRun.of(reduce, node.inputs().get(0).type().shape());
        long reduced = runs.stream().filter(AxisRun::reduced).count();
        if (reduced == 0) {
            CopyLowering.copy(node, code);
        } else if (reduced == 1) {
            fused(node, runs, code);
        } else {
            general(node, runs, code);
        }
    }

    private static void fused(Node node, List<AxisRun> runs, Code code) {
        Value x = node.inputs().get(0);
        Reduce reduce = (Reduce) node.op();
        Shape joined = Shape.of(runs.stream().map(AxisRun::length).toList());
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

    private static void general(Node node, List<AxisRun> runs, Code code) {
        Reduce reduce = (Reduce) node.op();
        code.begin(Opcode.REDUCE, node).tensor(node.inputs().get(0)).slot(node.output()).word(reduce.kind().ordinal());
        code.word(runs.size());
        runs.forEach(run -> code.flag(run.reduced()).word(run.length()));
        code.end();
    }
}
