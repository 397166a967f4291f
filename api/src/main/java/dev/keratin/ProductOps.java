package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Products of vectors, matrices and tensors. Element types are brought to {@link DTypes#resultType}; int8 pairs give int32. */
abstract class ProductOps extends SortOps {
    ProductOps() {}

    /**
     * Matrix products {@code sum over k of a[..., m, k] * b[..., k, n]}: [..., m, n]. Leading axes are stretched to a
     * common shape. A vector a counts as one row, a vector b as one column; that axis is left out of the result.
     */
    public static Tensor matmul(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Matmul", a, b);
        }
        requireInner(a, b);
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        boolean bytes = a.dtype() == DType.INT8 && b.dtype() == DType.INT8;
        DType computed = bytes || common == DType.BOOL ? DType.INT32 : common;
        Tensor left = a.rank() == 1 ? expandDims(a, 0) : a;
        Tensor right = b.rank() == 1 ? expandDims(b, 1) : b;
        Tensor product = apply(new MatMul(false, false), cast(left, computed), cast(right, computed));
        Shape shape = product.shape();
        shape = b.rank() == 1 ? shape.remove(-1) : shape;
        shape = a.rank() == 1 ? shape.remove(b.rank() == 1 ? -1 : -2) : shape;
        Tensor result = reshaped(product, shape);
        return common == DType.BOOL ? cast(result, common) : result;
    }

    /**
     * The sum of products over the last axis of a and the second-to-last of b (the only one if b is a vector); all other
     * axes of a, then of b, remain. A product with the scalar if either is one.
     */
    public static Tensor dot(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Dot", a, b);
        }
        return a.rank() == 0 || b.rank() == 0 ? multiply(a, b)
                : tensordot(a, b, new int[] {-1}, new int[] {b.rank() == 1 ? 0 : -2});
    }

    /** The sum of products over the last axes of both; the other axes of a, then of b, remain. */
    public static Tensor inner(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Inner", a, b)
                : a.rank() == 0 || b.rank() == 0 ? multiply(a, b) : tensordot(a, b, new int[] {-1}, new int[] {-1});
    }

    /** The sum of the products of all elements of two tensors of equal size. Result: scalar. */
    public static Tensor vdot(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Vdot", a, b) : dot(ravel(a), ravel(b));
    }

    /** The product of each element of a with each of b, both taken as vectors: [size of a, size of b]. */
    public static Tensor outer(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Outer", a, b) : multiply(expandDims(ravel(a), 1), expandDims(ravel(b), 0));
    }

    /** {@link #tensordot(Tensor, Tensor, int[], int[])} over the last {@code axes} axes of a and the first of b. */
    public static Tensor tensordot(Tensor a, Tensor b, int axes) {
        return symbolic(a, b) ? node("Tensordot", a, b, axes)
                : tensordot(a, b, IntStream.range(a.rank() - axes, a.rank()).toArray(), IntStream.range(0, axes).toArray());
    }

    /** The sum of products over pairs of axes; the other axes of a, then of b, remain. */
    public static Tensor tensordot(Tensor a, Tensor b, int[] axesOfA, int[] axesOfB) {
        if (symbolic(a, b)) {
            return node("Tensordot", a, b, List.of(axesOfA, axesOfB));
        }
        List<Integer> summedA = IntStream.of(axesOfA).map(axis -> Axes.normal("tensordot", a, axis)).boxed().toList();
        List<Integer> summedB = IntStream.of(axesOfB).map(axis -> Axes.normal("tensordot", b, axis)).boxed().toList();
        requirePairs(a, b, summedA, summedB);
        List<Integer> keptA = without(a.rank(), summedA);
        List<Integer> keptB = without(b.rank(), summedB);
        long inner = Axes.count(a.shape(), summedA);
        Tensor left = reshape(arranged(a, keptA, summedA), Axes.count(a.shape(), keptA), inner);
        Tensor right = reshape(arranged(b, summedB, keptB), inner, Axes.count(b.shape(), keptB));
        Tensor product = cast(matmul(left, right), DTypes.resultType(a.dtype(), b.dtype()));
        return reshaped(product, lengths(a, keptA).concat(lengths(b, keptB)));
    }

    /**
     * The Einstein summation, such as {@code einsum("bij,bjk->bik", a, b)}: the product of the operands, each axis named by
     * a letter, summed over every letter that the output does not have. {@code ...} stands for axes that are stretched to
     * a common shape; a letter twice in one operand takes its diagonal; without {@code ->} the output has, in alphabetical
     * order, the letters that occur once.
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        List<Tensor> in = List.of(operands);
        if (symbolic(in)) {
            return node("Einsum", in, equation);
        }
        DType result = sameType("einsum", in).get(0).dtype();
        Tensor computed = new Einsum(equation, Einsum.numbers(in)).apply();
        return result == DType.BOOL ? cast(computed, result) : computed;
    }

    /** The square root of the sum of the squares of all elements. Result: scalar. */
    public static Tensor norm(Tensor x) {
        return norm(x, 2, Axes.all(x), false);
    }

    /** {@link #norm(Tensor, double, int[], boolean)} of vectors with order 2. */
    public static Tensor norm(Tensor x, int axis, boolean keepdims) {
        return norm(x, 2, new int[] {axis}, keepdims);
    }

    /**
     * The norm of the vectors that lie along some axes: {@code (sum of |x|^order)^(1/order)}; the largest absolute value
     * for order infinity, the smallest for minus infinity, the number of elements other than 0 for order 0.
     */
    public static Tensor norm(Tensor x, double order, int[] axes, boolean keepdims) {
        boolean known = order == 2 ? axes.length <= 2 : axes.length == 1;
        if (x.isSymbolic() && known) {
            return node("Norm", x, order == 2 ? null : order, axes, keepdims);
        }
        Tensor y = floating(x);
        if (Double.isInfinite(order)) {
            return order > 0 ? max(abs(y), axes, keepdims) : min(abs(y), axes, keepdims);
        } else if (order == 0) {
            return cast(countNonzero(y, axes, keepdims), y.dtype());
        } else if (order == 1) {
            return sum(abs(y), axes, keepdims);
        } else if (order == 2) {
            return sqrt(sum(square(y), axes, keepdims));
        }
        return power(sum(power(abs(y), order), axes, keepdims), 1 / order);
    }

    /** The axes of a tensor in the order of two lists one after another. */
    static Tensor arranged(Tensor x, List<Integer> first, List<Integer> second) {
        List<Integer> order = new ArrayList<>(first);
        order.addAll(second);
        boolean same = IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i);
        return same ? x : transpose(x, order.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The lengths of some axes. */
    static Shape lengths(Tensor x, List<Integer> axes) {
        return Shape.of(axes.stream().map(axis -> x.shape().dim(axis)).toList());
    }

    private static List<Integer> without(int rank, List<Integer> axes) {
        return IntStream.range(0, rank).boxed().filter(axis -> !axes.contains(axis)).toList();
    }

    private static void requirePairs(Tensor a, Tensor b, List<Integer> axesOfA, List<Integer> axesOfB) {
        if (axesOfA.size() != axesOfB.size() || !lengths(a, axesOfA).equals(lengths(b, axesOfB))) {
            throw new IllegalArgumentException("tensordot: pairs of axes of equal length are required. Received: axes "
                    + axesOfA + " of " + a.type() + " and " + axesOfB + " of " + b.type()
                    + ". Name the axes of both in the same order.");
        }
    }

    private static void requireInner(Tensor a, Tensor b) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw new IllegalArgumentException("matmul: vectors or matrices are required. Received: a=" + a.type() + ", b="
                    + b.type() + ". Use multiply for scalars.");
        }
        long left = a.shape().dim(-1);
        long right = b.shape().dim(b.rank() == 1 ? 0 : -2);
        if (left != right) {
            boolean turned = b.rank() > 1 && b.shape().dim(-1) == left;
            throw new IllegalArgumentException("matmul: the last axis of a must equal the "
                    + (b.rank() == 1 ? "only axis" : "second-to-last axis") + " of b. Received: a=" + a.type() + ", b="
                    + b.type() + " (" + left + " vs " + right + "). " + (turned
                    ? "b looks transposed: try matmul(a, transpose(b))." : "Compare their shapes, or bring a into shape with reshape."));
        }
    }
}
