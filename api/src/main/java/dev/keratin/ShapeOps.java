package dev.keratin;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that arrange elements anew without changing them. Negative axes count from the last one. */
abstract class ShapeOps extends CreationOps {
    ShapeOps() {}

    /**
     * The same elements in row-major order under another shape.
     *
     * @param dims the lengths; at most one is -1: it is what is left
     */
    public static Tensor reshape(Tensor x, long... dims) {
        return x.isSymbolic() ? node("Reshape", x, dims) : reshaped(x, resolve(x, dims));
    }

    /** {@link #reshape(Tensor, long...)}; a length that is {@link Shape#UNKNOWN} is what is left. */
    public static Tensor reshape(Tensor x, Shape shape) {
        return reshape(x, shape.dims());
    }

    /** All elements along one axis, in row-major order. */
    public static Tensor ravel(Tensor x) {
        return x.isSymbolic() ? node("Ravel", x) : reshape(x, -1);
    }

    /**
     * Reorders the axes: axis i of the result is axis {@code axes[i]} of x.
     *
     * @param axes a permutation of all axes; none at all reverses their order
     */
    public static Tensor transpose(Tensor x, int... axes) {
        if (x.isSymbolic()) {
            return node("Transpose", x, axes.length == 0 ? null : axes);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < x.rank(); i++) {
            order.add(axes.length == 0 ? x.rank() - 1 - i : i < axes.length ? Axes.normal("transpose", x, axes[i]) : 0);
        }
        if (axes.length > 0 && (axes.length != x.rank() || order.stream().distinct().count() != x.rank())) {
            throw new IllegalArgumentException("transpose: a permutation of all axes is required. Received: "
                    + Arrays.toString(axes) + " for " + x.type() + ". Name each axis once.");
        }
        return apply(new Transpose(order), x);
    }

    /** Exchanges two axes. */
    public static Tensor swapaxes(Tensor x, int axis1, int axis2) {
        if (x.isSymbolic()) {
            return node("Swapaxes", x, axis1, axis2);
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
        Collections.swap(order, Axes.normal("swapaxes", x, axis1), Axes.normal("swapaxes", x, axis2));
        return apply(new Transpose(order), x);
    }

    /** Moves an axis to another place; the others keep their order. */
    public static Tensor moveaxis(Tensor x, int source, int destination) {
        return x.isSymbolic() ? node("Moveaxis", x, source, destination)
                : moveaxis(x, new int[] {source}, new int[] {destination});
    }

    /** Moves axes to other places; the others keep their order. */
    public static Tensor moveaxis(Tensor x, int[] sources, int[] destinations) {
        if (x.isSymbolic()) {
            return node("Moveaxis", x, sources, destinations);
        }
        Integer[] order = new Integer[x.rank()];
        List<Integer> rest = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
        for (int i = 0; i < sources.length; i++) {
            Integer source = Axes.normal("moveaxis", x, sources[i]);
            order[Axes.normal("moveaxis", x, destinations[i])] = source;
            rest.remove(source);
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = order[i] == null ? rest.remove(0) : order[i];
        }
        return apply(new Transpose(List.of(order)), x);
    }

    /** Puts axes of length 1 where the result has them. */
    public static Tensor expandDims(Tensor x, int... axes) {
        if (x.isSymbolic()) {
            return node("ExpandDims", x, axes);
        }
        int rank = x.rank() + axes.length;
        List<Integer> places = new ArrayList<>();
        for (int axis : axes) {
            places.add(Axes.normal("expandDims", x, axis, rank));
        }
        places.sort(null);
        Shape shape = x.shape();
        for (int place : places) {
            shape = shape.insert(place, 1);
        }
        return reshaped(x, shape);
    }

    /**
     * Removes axes of length 1.
     *
     * @param axes which; none at all removes every axis of length 1
     */
    public static Tensor squeeze(Tensor x, int... axes) {
        if (x.isSymbolic()) {
            return node("Squeeze", x, axes);
        }
        List<Integer> chosen = axes.length > 0 ? Axes.normal("squeeze", x, axes)
                : IntStream.range(0, x.rank()).filter(axis -> x.shape().dim(axis) == 1).boxed().toList();
        Shape shape = x.shape();
        for (int i = chosen.size() - 1; i >= 0; i--) {
            if (x.shape().dim(chosen.get(i)) != 1) {
                throw new IllegalArgumentException("squeeze: an axis of length 1 is required. Received: axis "
                        + chosen.get(i) + " of " + x.type() + ". Use reshape to merge axes.");
            }
            shape = shape.remove(chosen.get(i));
        }
        return reshaped(x, shape);
    }

    /** Repeats elements along new leading axes and axes of length 1 until the shape is the given one. */
    public static Tensor broadcastTo(Tensor x, Shape shape) {
        return x.isSymbolic() ? node("BroadcastTo", x, shape) : x.shape().equals(shape) ? x : apply(new Broadcast(shape), x);
    }

    /** {@link #broadcastTo(Tensor, Shape)}; one length for each axis. */
    public static Tensor broadcastTo(Tensor x, long... dims) {
        return broadcastTo(x, Shape.of(dims));
    }

    /** Puts tensors one after another along an axis; their types are brought to a common one. */
    public static Tensor concatenate(List<? extends Tensor> xs, int axis) {
        if (symbolic(xs)) {
            return node("Concatenate", xs, axis);
        }
        List<Tensor> same = sameType("concatenate", xs);
        return apply(new Concat(Axes.normal("concatenate", same.get(0), axis)), same).get(0);
    }

    /** {@link #concatenate(List, int)} along the first axis. */
    public static Tensor concatenate(List<? extends Tensor> xs) {
        return concatenate(xs, 0);
    }

    /** Puts two tensors one after another along an axis. */
    public static Tensor append(Tensor a, Tensor b, int axis) {
        return symbolic(a, b) ? node("Append", a, b, axis) : concatenate(List.of(a, b), axis);
    }

    /** All elements of two tensors one after another along one axis. */
    public static Tensor append(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Append", a, b) : concatenate(List.of(ravel(a), ravel(b)), 0);
    }

    /** Puts tensors of equal shape side by side along a new axis at the given place of the result. */
    public static Tensor stack(List<? extends Tensor> xs, int axis) {
        if (symbolic(xs)) {
            return node("Stack", xs, axis);
        }
        List<Tensor> same = sameType("stack", xs);
        int place = Axes.normal("stack", same.get(0), axis, same.get(0).rank() + 1);
        return concatenate(same.stream().map(x -> expandDims(x, place)).toList(), place);
    }

    /** {@link #stack(List, int)} along a new first axis. */
    public static Tensor stack(List<? extends Tensor> xs) {
        return stack(xs, 0);
    }

    /** Reverses the order of elements along axes; along all if none is named. */
    public static Tensor flip(Tensor x, int... axes) {
        return x.isSymbolic() ? node("Flip", x, axes)
                : apply(new Reverse(Axes.normal("flip", x, axes.length == 0 ? Axes.all(x) : axes)), x);
    }

    /** Repeats the whole tensor along each axis; shorter lists of repeats are for the last axes. */
    public static Tensor tile(Tensor x, int... repeats) {
        if (x.isSymbolic()) {
            return node("Tile", x, repeats);
        }
        int rank = Math.max(x.rank(), repeats.length);
        Shape old = unit(rank - x.rank()).concat(x.shape());
        Shape spread = Shape.scalar();
        Shape wide = Shape.scalar();
        Shape result = Shape.scalar();
        for (int axis = 0; axis < rank; axis++) {
            int index = axis - (rank - repeats.length);
            long count = index < 0 ? 1 : repeats[index];
            spread = spread.concat(Shape.of(1, old.dim(axis)));
            wide = wide.concat(Shape.of(count, old.dim(axis)));
            result = result.concat(Shape.of(count * old.dim(axis)));
        }
        return reshaped(broadcastTo(reshaped(x, spread), wide), result);
    }

    /** Repeats each element along an axis. */
    public static Tensor repeat(Tensor x, int repeats, int axis) {
        if (x.isSymbolic()) {
            return node("Repeat", x, repeats, axis);
        }
        int normal = Axes.normal("repeat", x, axis);
        Shape wide = x.shape().insert(normal + 1, repeats);
        Shape result = x.shape().with(normal, x.shape().dim(normal) * repeats);
        return reshaped(broadcastTo(expandDims(x, normal + 1), wide), result);
    }

    /** Repeats each element of the tensor in row-major order, along one axis. */
    public static Tensor repeat(Tensor x, int repeats) {
        return x.isSymbolic() ? node("Repeat", x, repeats) : repeat(ravel(x), repeats, 0);
    }

    /** Brings tensors to their common element type. */
    static List<Tensor> sameType(String who, List<? extends Tensor> xs) {
        if (xs.isEmpty()) {
            throw new IllegalArgumentException(who + ": at least one tensor is required. Received: none."
                    + " Use zeros(..) for an empty tensor.");
        }
        var common = xs.get(0).dtype();
        for (Tensor x : xs) {
            common = DTypes.resultType(common, x.dtype());
        }
        List<Tensor> same = new ArrayList<>();
        for (Tensor x : xs) {
            same.add(cast(x, common));
        }
        return same;
    }

    /** The tensor under a shape that is known. */
    static Tensor reshaped(Tensor x, Shape shape) {
        return x.shape().equals(shape) ? x : apply(new Reshape(shape), x);
    }

    private static Shape unit(int rank) {
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        return Shape.of(dims);
    }

    private static Shape resolve(Tensor x, long[] dims) {
        long[] lengths = dims.clone();
        long known = 1;
        int open = -1;
        boolean valid = true;
        for (int axis = 0; axis < lengths.length; axis++) {
            valid &= lengths[axis] >= 0 || lengths[axis] == -1 && open < 0;
            open = lengths[axis] == -1 ? axis : open;
            known *= lengths[axis] == -1 ? 1 : lengths[axis];
        }
        if (open >= 0 && known != 0) {
            lengths[open] = x.size() / known;
            known *= lengths[open];
        }
        if (!valid || known != x.size()) {
            throw new IllegalArgumentException("reshape: a shape of " + x.size() + " elements is required. Received: "
                    + Arrays.toString(dims) + " for " + x.type() + ". One length may be -1: it is what is left.");
        }
        return Shape.of(lengths);
    }
}
