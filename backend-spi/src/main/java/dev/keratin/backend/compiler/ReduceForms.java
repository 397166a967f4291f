package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes reductions in the forms that fusions hold: the last axis is kept, leading axes are not, with views to make up
 * for it; all axes are reduced in two steps if an elementwise node computes the elements.
 */
final class ReduceForms implements Rewriter.Rule {
    /** Fewer sums than a vector register holds are no gain. */
    private static final long SHORTEST = 16;

    static Program run(Program program) {
        return DeadCode.run(Rewriter.run(program, List.of(new ReduceForms(), new BroadcastRules(), new LayoutRules(), new CommonValues())));
    }

    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (!(op instanceof Reduce reduce)) {
            return null;
        }
        Shape shape = inputs.get(0).type().shape();
        if (isTotal(reduce, shape) && isElementwise(graph, inputs.get(0))) {
            return List.of(total(graph, reduce, inputs.get(0)));
        }
        boolean wrongRow = isRow(reduce, shape) && !reduce.keepDims();
        boolean wrongColumn = isColumn(reduce, shape) && reduce.keepDims();
        if (!wrongRow && !wrongColumn) {
            return null;
        }
        Value reduced = graph.emit(new Reduce(reduce.kind(), reduce.axes(), !reduce.keepDims()), inputs.get(0));
        Shape result = reduce.infer(List.of(inputs.get(0).type())).get(0).shape();
        return List.of(graph.reshape(reduced, result));
    }

    /** Whether all axes are reduced, the last one of which is long enough to be a row of sums. */
    private static boolean isTotal(Reduce reduce, Shape shape) {
        return reduce.kind() != ReduceKind.PROD && shape.rank() >= 2 && reduce.axes().size() == shape.rank()
                && shape.dim(-1) >= SHORTEST;
    }

    private static boolean isElementwise(Rewriter graph, Value value) {
        return graph.op(value, Unary.class) != null || graph.op(value, Binary.class) != null
                || graph.op(value, Select.class) != null || graph.op(value, Cast.class) != null;
    }

    /** In two steps, the first of which can take in what computes the elements. */
    private static Value total(Rewriter graph, Reduce reduce, Value x) {
        int last = x.type().shape().rank() - 1;
        Value columns = graph.emit(new Reduce(reduce.kind(), reduce.axes().subList(0, last), false), x);
        Value sum = graph.emit(new Reduce(reduce.kind(), List.of(0), true), columns);
        return graph.reshape(sum, reduce.infer(List.of(x.type())).get(0).shape());
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
