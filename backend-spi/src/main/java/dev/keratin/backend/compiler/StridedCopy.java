package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy between two strided views, which is what ops that only move elements come to.
 *
 * @param shape of both views
 */
public record StridedCopy(Shape shape, View from, View to) {
    /**
     * A view of the elements of a value.
     *
     * @param strides elements between neighbours along each axis
     * @param offset elements before the first one
     */
    public record View(Value value, long[] strides, long offset) {
        /** All elements as they lie. */
        public static View dense(Value value) {
            return new View(value, value.type().shape().strides(), 0);
        }
    }

    /**
     * The copies of a node of {@link Transpose}, {@link Slice}, {@link Broadcast}, {@link Reverse}, {@link Concat}, or
     * {@link Pad} over an output that is filled already.
     *
     * @throws IllegalArgumentException if it is another op
     */
    public static List<StridedCopy> of(Node node) {
        Op op = node.op();
        if (op instanceof Concat concat) {
            return parts(concat, node);
        } else if (op instanceof Pad pad) {
            return List.of(new StridedCopy(node.inputs().get(0).type().shape(), View.dense(node.inputs().get(0)), inside(pad, node.output())));
        }
        return List.of(new StridedCopy(node.output().type().shape(), source(op, node.inputs().get(0)), View.dense(node.output())));
    }

    /** Elements between neighbours of a dense value stretched to a space, 0 where it repeats. */
    public static long[] stretched(Shape from, Shape space) {
        long[] strides = new long[space.rank()];
        int missing = space.rank() - from.rank();
        long[] dense = from.strides();
        for (int axis = missing; axis < strides.length; axis++) {
            strides[axis] = from.dim(axis - missing) == space.dim(axis) ? dense[axis - missing] : 0;
        }
        return strides;
    }

    private static View source(Op op, Value x) {
        if (op instanceof Transpose transpose) {
            long[] dense = x.type().shape().strides();
            return new View(x, transpose.permutation().stream().mapToLong(axis -> dense[axis]).toArray(), 0);
        } else if (op instanceof Broadcast broadcast) {
            return new View(x, stretched(x.type().shape(), broadcast.to()), 0);
        } else if (op instanceof Slice slice) {
            return sliced(slice, x);
        } else if (op instanceof Reverse reverse) {
            return reversed(reverse, x);
        }
        throw new IllegalArgumentException("StridedCopy: an op that only moves elements is required. Received: " + op + ".");
    }

    private static View sliced(Slice slice, Value x) {
        long[] strides = x.type().shape().strides();
        long offset = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            offset += slice.starts().get(axis) * strides[axis];
            strides[axis] *= slice.strides().get(axis);
        }
        return new View(x, strides, offset);
    }

    private static View reversed(Reverse reverse, Value x) {
        Shape shape = x.type().shape();
        long[] strides = shape.strides();
        long offset = 0;
        for (int axis : reverse.axes()) {
            offset += Math.max(0, shape.dim(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        return new View(x, strides, offset);
    }

    private static View inside(Pad pad, Value output) {
        long[] strides = output.type().shape().strides();
        long offset = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            offset += pad.lows().get(axis) * strides[axis];
            strides[axis] *= pad.interiors().get(axis) + 1;
        }
        return new View(output, strides, offset);
    }

    private static List<StridedCopy> parts(Concat concat, Node node) {
        long[] strides = node.output().type().shape().strides();
        List<StridedCopy> parts = new ArrayList<>();
        long start = 0;
        for (Value x : node.inputs()) {
            View to = new View(node.output(), strides, start * strides[concat.axis()]);
            parts.add(new StridedCopy(x.type().shape(), View.dense(x), to));
            start += x.type().shape().dim(concat.axis());
        }
        return parts;
    }
}
