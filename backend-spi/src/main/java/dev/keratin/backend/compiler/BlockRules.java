package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Slice, Pad, Concat and Reduce that change nothing or can be done in one step. */
final class BlockRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        Value result = null;
        if (op instanceof Slice slice) {
            result = slice(graph, slice, inputs.get(0));
        } else if (op instanceof Pad pad) {
            result = pad(graph, pad, inputs.get(0), inputs.get(1));
        } else if (op instanceof Concat concat) {
            result = concat(graph, concat, inputs);
        } else if (op instanceof Reduce reduce) {
            result = reduce(graph, reduce, inputs.get(0));
        }
        return result == null ? null : List.of(result);
    }

    private static @Nullable Value slice(Rewriter graph, Slice op, Value x) {
        TensorType result = op.infer(List.of(x.type())).get(0);
        Literal splat = graph.splat(x);
        if (splat != null) {
            return graph.splat(splat, result.shape());
        }
        if (result.equals(x.type())) {
            return x;
        }
        Slice inner = graph.op(x, Slice.class);
        if (inner != null) {
            return graph.emit(composed(inner, op, result.shape()), graph.input(x, 0));
        }
        Concat concat = graph.op(x, Concat.class);
        return concat == null ? null : sliceOfPart(graph, op, concat.axis(), graph.inputs(x));
    }

    private static Slice composed(Slice inner, Slice outer, Shape result) {
        List<Long> starts = new ArrayList<>();
        List<Long> limits = new ArrayList<>();
        List<Long> strides = new ArrayList<>();
        for (int axis = 0; axis < result.rank(); axis++) {
            long step = inner.strides().get(axis);
            long stride = step * outer.strides().get(axis);
            long start = inner.starts().get(axis) + step * outer.starts().get(axis);
            long length = result.dim(axis);
            starts.add(Math.min(start, inner.limits().get(axis)));
            limits.add(length == 0 ? starts.get(axis) : start + (length - 1) * stride + 1);
            strides.add(stride);
        }
        return new Slice(starts, limits, strides);
    }

    private static @Nullable Value sliceOfPart(Rewriter graph, Slice op, int axis, List<Value> parts) {
        long start = op.starts().get(axis);
        long limit = op.limits().get(axis);
        long offset = 0;
        for (Value part : parts) {
            long end = offset + part.type().shape().dim(axis);
            if (start >= offset && limit <= end && start < end) {
                List<Long> starts = new ArrayList<>(op.starts());
                List<Long> limits = new ArrayList<>(op.limits());
                starts.set(axis, start - offset);
                limits.set(axis, limit - offset);
                return graph.emit(new Slice(starts, limits, op.strides()), part);
            }
            offset = end;
        }
        return null;
    }

    private static @Nullable Value pad(Rewriter graph, Pad op, Value x, Value value) {
        TensorType result = op.infer(List.of(x.type(), value.type())).get(0);
        if (result.equals(x.type())) {
            return x;
        }
        Literal splat = graph.splat(x);
        Literal around = graph.splat(value);
        boolean uniform = x.type().shape().size() == 0 || splat != null && around != null
                && Literals.splat(splat, Shape.scalar()).equals(around);
        return uniform ? graph.stretch(value, result.shape()) : null;
    }

    private static @Nullable Value concat(Rewriter graph, Concat op, List<Value> inputs) {
        List<Value> parts = inputs.stream().filter(part -> part.type().shape().dim(op.axis()) > 0).toList();
        if (parts.size() == 1) {
            return parts.get(0);
        }
        if (parts.size() < inputs.size() && !parts.isEmpty()) {
            return graph.emit(op, parts).get(0);
        }
        Literal first = parts.isEmpty() ? null : graph.splat(parts.get(0));
        if (first != null && parts.stream().allMatch(part -> sameElement(graph.splat(part), first))) {
            return graph.splat(first, op.infer(inputs.stream().map(Value::type).toList()).get(0).shape());
        }
        return null;
    }

    private static boolean sameElement(@Nullable Literal a, Literal b) {
        return a != null && Literals.splat(a, Shape.scalar()).equals(Literals.splat(b, Shape.scalar()));
    }

    /** Axes of length 1 need no reduction. */
    private static @Nullable Value reduce(Rewriter graph, Reduce op, Value x) {
        Shape shape = x.type().shape();
        List<Integer> needed = op.axes().stream().filter(axis -> shape.dim(axis) != 1).toList();
        if (needed.size() == op.axes().size() && !needed.isEmpty()) {
            return graph.op(x, Broadcast.class) != null ? reduceOfRepeated(graph, op, x) : null;
        }
        Shape result = op.infer(List.of(x.type())).get(0).shape();
        if (needed.isEmpty()) {
            return graph.reshape(x, result);
        }
        return graph.reshape(graph.emit(new Reduce(op.kind(), needed, true), x), result);
    }

    /** Elements that are repeated along reduced axes are reduced once, a sum counts them. */
    private static @Nullable Value reduceOfRepeated(Rewriter graph, Reduce op, Value x) {
        Shape shape = x.type().shape();
        Value source = graph.input(x, 0);
        Shape small = Shape.of(LongStream.range(0, shape.rank() - source.type().shape().rank()).map(axis -> 1).toArray())
                .concat(source.type().shape());
        List<Integer> repeated = op.axes().stream().filter(axis -> small.dim(axis) != shape.dim(axis)).toList();
        if (repeated.isEmpty() || op.kind() == ReduceKind.PROD || shape.size() == 0) {
            return null;
        }
        long count = repeated.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
        Shape result = op.infer(List.of(x.type())).get(0).shape();
        Value reduced = graph.emit(new Reduce(op.kind(), op.axes(), true), graph.reshape(source, small));
        Value counted = op.kind() != ReduceKind.SUM ? reduced : graph.emit(new Binary(BinaryKind.MUL), reduced,
                graph.splat(x.type().withShape(Shape.scalar()), count));
        Shape kept = op.infer(List.of(x.type().withShape(small))).get(0).shape();
        return graph.stretch(graph.reshape(counted, kept), result);
    }
}
