package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Repeated elements are not made where ops stretch their operands by themselves: elementwise ops take the source of a
 * Broadcast or of a view with more leading axes, and a scalar instead of a splat; what then lacks axes is stretched behind
 * them. Other views move behind elementwise ops too, so that these stay next to what computes their operands.
 */
final class BroadcastRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (InPlace.isElementwisePrimitive(op)) {
            return elementwise(graph, op, inputs);
        }
        if (op instanceof MatMul) {
            return product(graph, op, inputs);
        }
        return op instanceof Broadcast broadcast ? broadcast(graph, broadcast.to(), inputs.get(0)) : null;
    }

    private static @Nullable List<Value> elementwise(Rewriter graph, Op op, List<Value> inputs) {
        if (haveNoSource(graph, inputs)) {
            return underAnotherShape(graph, op, inputs);
        }
        List<Value> sources = inputs.stream().map(input -> source(graph, input)).toList();
        Shape shape = op.infer(types(inputs)).get(0).shape();
        return List.of(graph.stretch(graph.emit(op, sources).get(0), shape));
    }

    private static boolean haveNoSource(Rewriter graph, List<Value> inputs) {
        for (Value input : inputs) {
            if (source(graph, input) != input) {
                return false;
            }
        }
        return true;
    }

    /**
     * If all operands but scalars are views of one other shape or parameters, the op works on that shape and its result is
     * viewed: what computes such an operand can then be fused with it.
     */
    private static @Nullable List<Value> underAnotherShape(Rewriter graph, Op op, List<Value> inputs) {
        Value viewed = null;
        for (Value input : inputs) {
            boolean isView = graph.op(input, Reshape.class) != null && input.type().shape().rank() > 0;
            if (isView && (viewed == null || isParameter(graph, graph.input(viewed, 0)))) {
                viewed = input;
            } else if (!isView && input.type().shape().rank() > 0 && !isParameter(graph, input)) {
                return null;
            }
        }
        return viewed == null ? null : underShapeOf(graph, viewed, op, inputs);
    }

    private static @Nullable List<Value> underShapeOf(Rewriter graph, Value viewed, Op op, List<Value> inputs) {
        Shape shape = viewed.type().shape();
        Value source = graph.input(viewed, 0);
        Shape other = source.type().shape();
        if (other.rank() == 0) {
            return null;
        }
        for (Value input : inputs) {
            boolean isAlike = graph.op(input, Reshape.class) != null ? graph.input(input, 0).type().shape().equals(other) : !isParameter(graph, source);
            if (input.type().shape().rank() > 0 && !(isAlike && input.type().shape().equals(shape))) {
                return null;
            }
        }
        List<Value> sources = inputs.stream().map(input -> input.type().shape().rank() == 0 ? input
                : graph.op(input, Reshape.class) != null ? graph.input(input, 0) : graph.reshape(input, other)).toList();
        return List.of(graph.reshape(graph.emit(op, sources).get(0), shape));
    }

    private static boolean isParameter(Rewriter graph, Value value) {
        return graph.op(value, Op.class) == null;
    }

    private static Value source(Rewriter graph, Value value) {
        Literal splat = graph.splat(value);
        if (splat != null && value.type().shape().rank() > 0) {
            return graph.splat(splat, Shape.scalar());
        }
        boolean stretches = graph.op(value, Broadcast.class) != null
                || graph.op(value, Reshape.class) != null && onlyAddsLeadingOnes(graph.input(value, 0), value);
        return stretches ? graph.input(value, 0) : value;
    }

    private static List<TensorType> types(List<Value> values) {
        return values.stream().map(Value::type).toList();
    }

    /** Leading axes of a product's operands are stretched by themselves, as long as the result keeps its shape. */
    private static @Nullable List<Value> product(Rewriter graph, Op op, List<Value> inputs) {
        for (int i = 0; i < 2; i++) {
            if (graph.op(inputs.get(i), Broadcast.class) != null) {
                List<Value> sources = new ArrayList<>(inputs);
                sources.set(i, graph.input(inputs.get(i), 0));
                if (keepsMatrix(inputs.get(i), sources.get(i))
                        && op.infer(types(sources)).equals(op.infer(types(inputs)))) {
                    return graph.emit(op, sources);
                }
            }
        }
        return null;
    }

    private static boolean keepsMatrix(Value value, Value source) {
        Shape full = value.type().shape();
        Shape small = source.type().shape();
        return small.rank() >= 2 && small.dim(-1) == full.dim(-1) && small.dim(-2) == full.dim(-2);
    }

    private static @Nullable List<Value> broadcast(Rewriter graph, Shape to, Value x) {
        Literal splat = graph.splat(x);
        if (splat != null) {
            return List.of(graph.splat(splat, to));
        }
        if (x.type().shape().equals(to)) {
            return List.of(x);
        }
        if (graph.op(x, Broadcast.class) != null) {
            return List.of(graph.emit(new Broadcast(to), graph.input(x, 0)));
        }
        if (x.type().shape().size() == to.size()) {
            return List.of(graph.reshape(x, to));
        }
        if (graph.op(x, Reshape.class) != null && onlyAddsLeadingOnes(graph.input(x, 0), x)) {
            return List.of(graph.emit(new Broadcast(to), graph.input(x, 0)));
        }
        return null;
    }

    private static boolean onlyAddsLeadingOnes(Value source, Value reshaped) {
        Shape small = source.type().shape();
        Shape large = reshaped.type().shape();
        int added = large.rank() - small.rank();
        return added > 0 && large.subShape(0, added).size() == 1 && large.subShape(added, large.rank()).equals(small);
    }
}
