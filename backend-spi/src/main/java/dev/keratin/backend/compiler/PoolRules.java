package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What follows the gradient of max pooling is done to the gradient of its result, which has fewer elements: each of these
 * goes to one element of the window, which equals the largest one.
 */
final class PoolRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (op instanceof Select) {
            return masked(graph, inputs);
        }
        return op instanceof Reduce reduce && reduce.kind() == ReduceKind.SUM ? summed(graph, reduce, inputs.get(0)) : null;
    }

    /** A gradient that is kept where the elements of the operand pass a test, as those of relu do. */
    private static @Nullable List<Value> masked(Rewriter graph, List<Value> inputs) {
        PoolGrad grad = ofMax(graph, inputs.get(1));
        Compare test = graph.op(inputs.get(0), Compare.class);
        if (grad == null || test == null || !graph.isReadOnce(inputs.get(1)) || !isZero(graph.splat(inputs.get(2)))) {
            return null;
        }
        Value x = graph.input(inputs.get(1), 0);
        Literal bound = graph.splat(graph.input(inputs.get(0), 1));
        if (graph.input(inputs.get(0), 0) != x || bound == null) {
            return null;
        }
        Value largest = graph.emit(new Pool(PoolKind.MAX, grad.spec()), x);
        Value passes = graph.emit(test, largest, graph.splat(bound, Shape.scalar()));
        Value zero = graph.splat(graph.splat(inputs.get(2)), Shape.scalar());
        return List.of(graph.emit(grad, x, graph.emit(new Select(), passes, graph.input(inputs.get(1), 1), zero)));
    }

    /** A sum over all windows. */
    private static @Nullable List<Value> summed(Rewriter graph, Reduce sum, Value x) {
        int channels = x.type().shape().rank() - 1;
        boolean whole = IntStream.range(1, channels).allMatch(axis -> sum.axes().contains(axis));
        return whole && ofMax(graph, x) != null ? graph.emit(sum, List.of(graph.input(x, 1))) : null;
    }

    private static @Nullable PoolGrad ofMax(Rewriter graph, Value value) {
        PoolGrad grad = graph.op(value, PoolGrad.class);
        return grad != null && grad.kind() == PoolKind.MAX ? grad : null;
    }

    private static boolean isZero(@Nullable Literal number) {
        return number != null && number.doubleAt(0) == 0;
    }
}
