package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.MatMul;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Brings [batch, axes..., heads, length] to matrices and back: [batch, axes that attention does not run along, heads,
 * steps, length], where steps stands for all axes that it runs along.
 */
final class HeadAxes {
    private final int[] attention;
    private final int[] order;
    private final int lead;

    /**
     * Some axes.
     *
     * @param rank of the projected tensors
     * @param attention the axes that attention runs along, of 1 to rank - 3
     */
    HeadAxes(int rank, int[] attention) {
        this.attention = attention;
        int[] rest = IntStream.range(0, rank - 2).filter(axis -> Arrays.stream(attention).noneMatch(a -> a == axis)).toArray();
        this.lead = rest.length + 1;
        this.order = Stream.of(rest, new int[] {rank - 2}, attention, new int[] {rank - 1})
                .flatMapToInt(Arrays::stream).toArray();
    }

    private Shape steps(Shape shape) {
        return Shape.of(Arrays.stream(attention).mapToObj(shape::dim).toList());
    }

    Tensor split(Tensor x) {
        Tensor arranged = Ops.transpose(x, order);
        Shape shape = arranged.shape();
        return attention.length == 1 ? arranged
                : Ops.reshape(arranged, shape.subShape(0, lead).concat(Shape.of(steps(x.shape()).size(), shape.dim(-1))));
    }

    /** The products of all rows of two tensors: [..., targets, sources]. */
    Tensor product(Tensor q, Tensor k) {
        return Ops.apply(new MatMul(false, true), List.of(q, k)).get(0);
    }

    /** The inverse of {@link #split} for a result of the length of v. */
    Tensor merge(Tensor x, Shape query) {
        Shape shape = x.shape();
        Tensor apart = attention.length == 1 ? x
                : Ops.reshape(x, shape.subShape(0, lead).concat(steps(query)).concat(Shape.of(shape.dim(-1))));
        int[] back = new int[order.length];
        IntStream.range(0, order.length).forEach(i -> back[order[i]] = i);
        return Ops.transpose(apart, back);
    }

    /** A mask [batch, ..., targets, sources] with axes for what it lacks. */
    Tensor mask(Tensor mask, int rank) {
        Tensor result = mask;
        int count = attention.length;
        if (count > 1) {
            Shape shape = mask.shape();
            int rows = shape.rank() - 2 * count;
            result = Ops.reshape(mask, shape.subShape(0, rows).concat(Shape.of(
                    shape.subShape(rows, rows + count).size(), shape.subShape(rows + count, shape.rank()).size())));
        }
        while (result.rank() < rank) {
            result = Ops.expandDims(result, -3);
        }
        return result;
    }

    /** The weights with their axes apart again. */
    Tensor weights(Tensor weights, Shape query, Shape key) {
        return attention.length == 1 ? weights
                : Ops.reshape(weights, weights.shape().subShape(0, lead).concat(steps(query)).concat(steps(key)));
    }
}
