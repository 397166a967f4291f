package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reshape, Transpose and Reverse that change nothing, cancel each other or are done by the product that reads them. */
final class LayoutRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        Value result = null;
        if (op instanceof Reshape reshape) {
            result = reshape(graph, reshape.to(), inputs.get(0));
        } else if (op instanceof Transpose transpose) {
            result = transpose(graph, transpose.permutation(), inputs.get(0));
        } else if (op instanceof Reverse reverse) {
            result = reverse(graph, reverse.axes(), inputs.get(0));
        } else if (op instanceof MatMul matMul) {
            result = product(graph, matMul, inputs.get(0), inputs.get(1));
        } else if (op instanceof Iota iota) {
            result = count(graph, iota);
        }
        return result == null ? null : List.of(result);
    }

    private static @Nullable Value reshape(Rewriter graph, Shape to, Value x) {
        if (x.type().shape().equals(to)) {
            return x;
        }
        Literal literal = graph.constant(x);
        if (literal != null) {
            return graph.emit(new Constant(Literals.reshape(literal, to)));
        }
        if (graph.op(x, Reshape.class) != null) {
            return graph.reshape(graph.input(x, 0), to);
        }
        if (graph.op(x, Broadcast.class) != null && graph.input(x, 0).type().shape().size() == 1) {
            return graph.stretch(graph.reshape(graph.input(x, 0), Shape.scalar()), to);
        }
        return null;
    }

    private static @Nullable Value transpose(Rewriter graph, List<Integer> permutation, Value x) {
        Shape shape = x.type().shape();
        Shape result = Shape.of(permutation.stream().map(shape::dim).toList());
        Literal splat = graph.splat(x);
        if (splat != null) {
            return graph.splat(splat, result);
        }
        if (keepsOrder(permutation, shape)) {
            return graph.reshape(x, result);
        }
        Transpose inner = graph.op(x, Transpose.class);
        if (inner != null) {
            return graph.emit(new Transpose(permutation.stream().map(inner.permutation()::get).toList()), graph.input(x, 0));
        }
        return transposeOfProduct(graph, permutation, x);
    }

    /** Whether only axes of length 1 move. */
    private static boolean keepsOrder(List<Integer> permutation, Shape shape) {
        List<Integer> moving = permutation.stream().filter(axis -> shape.dim(axis) != 1).toList();
        return IntStream.range(1, moving.size()).allMatch(i -> moving.get(i - 1) < moving.get(i));
    }

    private static @Nullable Value reverse(Rewriter graph, List<Integer> axes, Value x) {
        List<Integer> needed = axes.stream().filter(axis -> x.type().shape().dim(axis) > 1).sorted().toList();
        if (needed.isEmpty() || graph.splat(x) != null) {
            return x;
        }
        Reverse inner = graph.op(x, Reverse.class);
        if (inner != null) {
            List<Integer> odd = new ArrayList<>(needed);
            inner.axes().forEach(axis -> toggle(odd, axis));
            return graph.emit(new Reverse(odd), graph.input(x, 0));
        }
        return needed.equals(axes) ? null : graph.emit(new Reverse(needed), x);
    }

    private static void toggle(List<Integer> axes, Integer axis) {
        if (!axes.remove(axis)) {
            axes.add(axis);
        }
    }

    /** Transposed matrices are read in place, if then the innermost axis stays the innermost. */
    private static @Nullable Value product(Rewriter graph, MatMul op, Value a, Value b) {
        if (endsWithInnermostAndOther(graph, a)) {
            return graph.emit(new MatMul(!op.transposeA(), op.transposeB()), swapped(graph, a), b);
        }
        if (endsWithInnermostAndOther(graph, b)) {
            return graph.emit(new MatMul(op.transposeA(), !op.transposeB()), a, swapped(graph, b));
        }
        return null;
    }

    private static boolean endsWithInnermostAndOther(Rewriter graph, Value value) {
        Transpose transpose = graph.op(value, Transpose.class);
        int rank = value.type().shape().rank();
        return transpose != null && rank >= 2 && transpose.permutation().get(rank - 2) == rank - 1;
    }

    /** A transposed value with its last two axes exchanged. */
    private static Value swapped(Rewriter graph, Value value) {
        return graph.emit(new Transpose(exchangeLast(value.type().shape().rank())), value);
    }

    private static List<Integer> exchangeLast(int rank) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank - 2).boxed().toList());
        axes.addAll(List.of(rank - 1, rank - 2));
        return axes;
    }

    /** A transposed product that nobody else reads is computed the other way round if its rows become columns. */
    private static @Nullable Value transposeOfProduct(Rewriter graph, List<Integer> permutation, Value x) {
        MatMul product = graph.op(x, MatMul.class);
        int rank = permutation.size();
        if (product == null || !graph.isReadOnce(x) || permutation.get(rank - 1) != rank - 2) {
            return null;
        }
        Value turned = graph.emit(new MatMul(!product.transposeB(), !product.transposeA()), graph.input(x, 1), graph.input(x, 0));
        List<Integer> exchanged = exchangeLast(rank);
        return graph.emit(new Transpose(permutation.stream().map(exchanged::get).toList()), turned);
    }

    /** Counting repeats along all axes but one. */
    private static @Nullable Value count(Rewriter graph, Iota iota) {
        TensorType type = iota.type();
        long length = type.shape().dim(iota.axis());
        if (type.shape().rank() == 1) {
            return null;
        }
        long[] dims = new long[type.shape().rank() - iota.axis()];
        Arrays.fill(dims, 1);
        dims[0] = length;
        Value line = graph.emit(new Iota(type.withShape(Shape.of(length)), 0));
        return graph.stretch(graph.reshape(line, Shape.of(dims)), type.shape());
    }
}
