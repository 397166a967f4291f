package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes reductions in the forms that fusions hold: the last axis is kept, leading axes are not; views make up for it. */
final class ReduceForms implements Rewriter.Rule {
    static Program run(Program program) {
        return DeadCode.run(Rewriter.run(program, List.of(new ReduceForms(), new LayoutRules(), new CommonValues())));
    }

    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (!(op instanceof Reduce reduce)) {
            return null;
        }
        Shape shape = inputs.get(0).type().shape();
        boolean wrongRow = isRow(reduce, shape) && !reduce.keepDims();
        boolean wrongColumn = isColumn(reduce, shape) && reduce.keepDims();
        if (!wrongRow && !wrongColumn) {
            return null;
        }
        Value reduced = graph.emit(new Reduce(reduce.kind(), reduce.axes(), !reduce.keepDims()), inputs.get(0));
        Shape result = reduce.infer(List.of(inputs.get(0).type())).get(0).shape();
        return List.of(graph.reshape(reduced, result));
    }

    /** Whether just the last axis is reduced. */
    static boolean isRow(Reduce reduce, Shape shape) {
        return reduce.axes().equals(List.of(shape.rank() - 1));
    }

    /** Whether one run of neighbouring axes without the last one is reduced. */
    static boolean isColumn(Reduce reduce, Shape shape) {
        List<Integer> axes = reduce.axes();
        int last = axes.isEmpty() ? -1 : axes.get(axes.size() - 1);
        return last >= 0 && last < shape.rank() - 1 && last - axes.get(0) == axes.size() - 1;
    }
}
