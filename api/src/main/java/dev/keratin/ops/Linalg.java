package dev.keratin.ops;

import dev.keratin.Complex;
import dev.keratin.Configuration;
import dev.keratin.OpTable;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.Eig;
import dev.keratin.backend.ir.Eigh;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.Svd;
import dev.keratin.backend.ir.TriangularSolve;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Linear algebra on matrices [..., n, m], each of a batch on its own, as in {@code keras.ops.linalg}. float32 and float64 are
 * computed as they are, all other types in float32. Differentiable, also {@link #eig}. What is singular gives infinity or
 * NaN, and what holds either gives NaN; nothing is thrown for it.
 */
public final class Linalg {
    private Linalg() {}

    /**
     * A = P L U with partial pivoting.
     *
     * @param lu U on and above the diagonal, L below it, whose diagonal is 1
     * @param permutation int32 [..., n]: row i of A is row {@code permutation[i]} of L U
     */
    public record LU(Tensor lu, Tensor permutation) {}

    /**
     * A = Q R.
     *
     * @param q orthonormal columns
     * @param r upper triangular
     */
    public record QR(Tensor q, Tensor r) {}

    /**
     * A V = V diag(W) for symmetric A.
     *
     * @param values in ascending order, [..., n]
     * @param vectors the columns, orthonormal
     */
    public record Eigen(Tensor values, Tensor vectors) {}

    /**
     * A V = V diag(W) for any square A.
     *
     * @param values complex, in any order, [..., n]
     * @param vectors the columns, of length 1
     */
    public record ComplexEigen(Complex values, Complex vectors) {}

    /**
     * A = U diag(S) V.
     *
     * @param u orthonormal columns
     * @param s in descending order, [..., min(n, m)]
     * @param v orthonormal rows
     */
    public record SVD(Tensor u, Tensor s, Tensor v) {}

    /**
     * The sign of a determinant and the logarithm of its size.
     *
     * @param sign -1, 0 or 1
     * @param logarithm minus infinity for a singular matrix
     */
    public record SignedLog(Tensor sign, Tensor logarithm) {}

    /** The lower triangular L with L L^T = a, for symmetric positive definite a; NaN where it is not. */
    public static Tensor cholesky(Tensor a) {
        if (a.isSymbolic()) {
            return Composite.node("Cholesky", a);
        }
        return square("cholesky", a, x -> Ops.apply(new Cholesky(), x));
    }

    /** {@link #cholesky(Tensor)}, transposed if {@code upper}. */
    public static Tensor cholesky(Tensor a, boolean upper) {
        if (a.isSymbolic()) {
            return Composite.node("Cholesky", a, upper);
        }
        Tensor lower = cholesky(a);
        return upper ? Ops.swapaxes(lower, -1, -2) : lower;
    }

    /** The inverse of L L^T (of L^T L with {@code upper}) for a triangular matrix. */
    public static Tensor choleskyInverse(Tensor a, boolean upper) {
        if (a.isSymbolic()) {
            return Composite.node("CholeskyInverse", a, upper);
        }
        return square("choleskyInverse", a, x -> {
            Tensor inverse = substituted(new TriangularSolve(!upper, false, false), x, units(x));
            Tensor turned = Ops.swapaxes(inverse, -1, -2);
            return upper ? Ops.matmul(inverse, turned) : Ops.matmul(turned, inverse);
        });
    }

    /** The determinant: [...]. */
    public static Tensor det(Tensor a) {
        if (a.isSymbolic()) {
            return Composite.node("Det", a);
        }
        return square("det", a, x -> {
            List<Tensor> factors = lu(x);
            return Ops.multiply(sign(factors), Ops.prod(Ops.diagonal(factors.get(0), 0, -2, -1), -1));
        });
    }

    /** The sign of the determinant and the logarithm of its size, without overflow. */
    public static SignedLog slogdet(Tensor a) {
        List<Tensor> both = a.isSymbolic() ? OpTable.call("Slogdet", a) : all("slogdet", List.of(a), in -> {
            requireSquare("slogdet", in.get(0));
            List<Tensor> factors = lu(in.get(0));
            Tensor diagonal = Ops.diagonal(factors.get(0), 0, -2, -1);
            return List.of(Ops.multiply(sign(factors), Ops.prod(Ops.sign(diagonal), -1)), Ops.sum(Ops.log(Ops.abs(diagonal)), -1));
        });
        return new SignedLog(both.get(0), both.get(1));
    }

    /** The logarithm of the size of the determinant. */
    public static Tensor logdet(Tensor a) {
        if (a.isSymbolic()) {
            return Composite.node("Logdet", a);
        }
        return slogdet(a).logarithm();
    }

    /** The inverse. Infinite or NaN for a singular matrix. */
    public static Tensor inv(Tensor a) {
        if (a.isSymbolic()) {
            return Composite.node("Inv", a);
        }
        return square("inv", a, x -> solved(x, units(x)));
    }

    /** The factorisation with partial pivoting. */
    public static LU luFactor(Tensor a) {
        List<Tensor> both = a.isSymbolic() ? OpTable.call("LuFactor", a) : all("luFactor", List.of(a), in -> {
            requireSquare("luFactor", in.get(0));
            List<Tensor> factors = lu(in.get(0));
            return List.of(factors.get(0), Ops.argsort(factors.get(2)));
        });
        return new LU(both.get(0), both.get(1));
    }

    /**
     * The x with a x = b.
     *
     * @param b [..., n, m], or [..., n] with one axis less than a
     */
    public static Tensor solve(Tensor a, Tensor b) {
        if (a.isSymbolic() || b.isSymbolic()) {
            return Composite.node("Solve", a, b);
        }
        return call("solve", List.of(a, b), in -> {
            requireSquare("solve", in.get(0));
            boolean vector = in.get(1).rank() == in.get(0).rank() - 1;
            Tensor x = solved(in.get(0), vector ? Ops.expandDims(in.get(1), -1) : in.get(1));
            return vector ? Ops.squeeze(x, -1) : x;
        });
    }

    /** The x with a x = b for a triangular a, of which the other triangle is not read. */
    public static Tensor solveTriangular(Tensor a, Tensor b, boolean lower) {
        if (a.isSymbolic() || b.isSymbolic()) {
            return Composite.node("SolveTriangular", a, b, lower);
        }
        return call("solveTriangular", List.of(a, b), in -> {
            requireSquare("solveTriangular", in.get(0));
            boolean vector = in.get(1).rank() == in.get(0).rank() - 1;
            TriangularSolve op = new TriangularSolve(lower, false, false);
            Tensor x = substituted(op, in.get(0), vector ? Ops.expandDims(in.get(1), -1) : in.get(1));
            return vector ? Ops.squeeze(x, -1) : x;
        });
    }

    /** The factorisation by Householder's reflections; q has as many columns as rows if complete, else min(n, m). */
    public static QR qr(Tensor a, boolean complete) {
        List<Tensor> both = a.isSymbolic() ? OpTable.call("Qr", a, complete ? "complete" : "reduced") : all("qr", List.of(a), in -> {
            requireMatrix("qr", in.get(0));
            return Ops.apply(new Qr(complete), in);
        });
        return new QR(both.get(0), both.get(1));
    }

    /** {@link #qr(Tensor, boolean)} with min(n, m) columns. */
    public static QR qr(Tensor a) {
        return qr(a, false);
    }

    /** Eigenvalues and eigenvectors of symmetric matrices; only the lower triangle is read. */
    public static Eigen eigh(Tensor a) {
        List<Tensor> both = a.isSymbolic() ? OpTable.call("Eigh", a) : all("eigh", List.of(a), in -> {
            requireSquare("eigh", in.get(0));
            return Ops.apply(new Eigh(), in);
        });
        return new Eigen(both.get(0), both.get(1));
    }

    /** Eigenvalues and eigenvectors of any square matrices; the largest element of each vector is real. */
    public static ComplexEigen eig(Tensor a) {
        List<Tensor> parts = all("eig", List.of(a), in -> {
            requireSquare("eig", in.get(0));
            return Ops.apply(new Eig(), in);
        });
        return new ComplexEigen(new Complex(parts.get(0), parts.get(1)), new Complex(parts.get(2), parts.get(3)));
    }

    /** The singular value decomposition; u and v are square if full. */
    public static SVD svd(Tensor a, boolean fullMatrices) {
        List<Tensor> three = a.isSymbolic() ? OpTable.call("SVD", a, fullMatrices) : all("svd", List.of(a), in -> {
            requireMatrix("svd", in.get(0));
            return Ops.apply(new Svd(fullMatrices), in);
        });
        return new SVD(three.get(0), three.get(1), three.get(2));
    }

    /** {@link #svd(Tensor, boolean)}, full. */
    public static SVD svd(Tensor a) {
        return svd(a, true);
    }

    /** The Moore-Penrose inverse; singular values below 10 max(n, m) epsilon times the largest count as 0. */
    public static Tensor pinv(Tensor a) {
        if (a.isSymbolic()) {
            return Composite.node("Pinv", a);
        }
        return call("pinv", a, x -> pseudoInverse(x, 10 * epsilon(x)));
    }

    /** The x of least size of all that make a x - b smallest. */
    public static Tensor lstsq(Tensor a, Tensor b) {
        if (a.isSymbolic() || b.isSymbolic()) {
            return Composite.node("Lstsq", a, b);
        }
        return call("lstsq", List.of(a, b), in ->
                Ops.matmul(pseudoInverse(in.get(0), epsilon(in.get(0))), in.get(1)));
    }

    /** How many singular values are above max(n, m) epsilon times the largest: int32 [...]. */
    public static Tensor matrixRank(Tensor a) {
        if (a.isSymbolic()) {
            return Composite.node("MatrixRank", a);
        }
        return call("matrixRank", a, x -> {
            Tensor s = svd(x, false).s();
            return Ops.countNonzero(Ops.greater(s, Ops.multiply(Ops.max(s, -1, true), epsilon(x))), -1);
        });
    }

    /**
     * A norm of matrices: [...].
     *
     * @param order {@code "fro"}, {@code "nuc"}, {@code "1"}, {@code "-1"}, {@code "2"}, {@code "-2"}, {@code "inf"} or {@code "-inf"}
     */
    public static Tensor matrixNorm(Tensor a, String order) {
        boolean named = order.equals("fro") || order.equals("nuc");
        if (a.isSymbolic() && !order.endsWith("inf")) {
            return Composite.node("Norm", a, named ? order : (Object) Integer.parseInt(order), List.of(-2, -1));
        }
        return call("norm", a, x -> {
            requireMatrix("norm", x);
            return switch (order) {
                case "fro" -> Ops.sqrt(Ops.sum(Ops.square(x), -2, -1));
                case "nuc" -> Ops.sum(svd(x, false).s(), -1);
                case "2" -> Ops.max(svd(x, false).s(), -1);
                case "-2" -> Ops.min(svd(x, false).s(), -1);
                case "1" -> Ops.max(Ops.sum(Ops.abs(x), -2), -1);
                case "-1" -> Ops.min(Ops.sum(Ops.abs(x), -2), -1);
                case "inf" -> Ops.max(Ops.sum(Ops.abs(x), -1), -1);
                case "-inf" -> Ops.min(Ops.sum(Ops.abs(x), -1), -1);
                default -> throw new IllegalArgumentException("norm: an order \"fro\", \"nuc\", \"1\", \"-1\", \"2\", \"-2\","
                        + " \"inf\" or \"-inf\" is required. Received: \"" + order + "\". For vectors use Ops.norm.");
            };
        });
    }

    private static Tensor pseudoInverse(Tensor x, double cut) {
        SVD svd = svd(x, false);
        Tensor kept = Ops.greater(svd.s(), Ops.multiply(Ops.max(svd.s(), -1, true), cut));
        Tensor inverse = Ops.where(kept, Ops.divide(1, Ops.where(kept, svd.s(), 1)), 0);
        Tensor left = Ops.multiply(Ops.swapaxes(svd.v(), -1, -2), Ops.expandDims(inverse, -2));
        return Ops.matmul(left, Ops.swapaxes(svd.u(), -1, -2));
    }

    private static double epsilon(Tensor x) {
        return Math.max(x.shape().dim(-1), x.shape().dim(-2)) * (x.dtype() == DType.FLOAT64 ? 0x1p-52 : 0x1p-23);
    }

    private static List<Tensor> lu(Tensor a) {
        return Ops.apply(new Lu(), List.of(a));
    }

    /** 1 for an even number of row exchanges, else -1: [...]. */
    private static Tensor sign(List<Tensor> factors) {
        Tensor pivots = factors.get(1);
        Tensor still = Ops.equal(pivots, Ops.arange(pivots.shape().dim(-1)));
        return Ops.cast(Ops.prod(Ops.where(still, 1, -1), -1), factors.get(0).dtype());
    }

    private static Tensor solved(Tensor a, Tensor b) {
        List<Tensor> factors = lu(a);
        Tensor order = factors.get(2);
        Shape batch = Shape.broadcast(stack(a), stack(b));
        Tensor all = stretched(b, batch);
        Tensor rows = Ops.broadcastTo(order, batch.concat(Shape.of(order.shape().dim(-1))));
        Tensor ordered = Ops.takeAlongAxis(all, Ops.expandDims(rows, -1), -2);
        Tensor forward = substituted(new TriangularSolve(true, false, true), factors.get(0), ordered);
        return substituted(new TriangularSolve(false, false, false), factors.get(0), forward);
    }

    private static Tensor substituted(TriangularSolve op, Tensor a, Tensor b) {
        Shape batch = Shape.broadcast(stack(a), stack(b));
        return Ops.apply(op, stretched(a, batch), stretched(b, batch));
    }

    private static Shape stack(Tensor x) {
        return x.shape().subShape(0, x.rank() - 2);
    }

    private static Tensor stretched(Tensor x, Shape batch) {
        return Ops.broadcastTo(x, batch.concat(x.shape().subShape(x.rank() - 2, x.rank())));
    }

    private static Tensor square(String who, Tensor a, UnaryOperator<Tensor> function) {
        return call(who, a, x -> {
            requireSquare(who, x);
            return function.apply(x);
        });
    }

    private static Tensor call(String who, Tensor a, UnaryOperator<Tensor> function) {
        return call(who, List.of(a), in -> function.apply(in.get(0)));
    }

    private static Tensor call(String who, List<Tensor> inputs, Function<List<Tensor>, Tensor> function) {
        return all(who, inputs, in -> List.of(function.apply(in))).get(0);
    }

    /** Calls a function that takes float32 or float64, and gives 16-bit numbers for 16-bit ones. */
    private static List<Tensor> all(String who, List<Tensor> inputs, UnaryOperator<List<Tensor>> function) {
        return Composite.all(who, inputs, in -> {
            DType wanted = floating(in);
            DType computed = wanted == DType.FLOAT64 ? wanted : DType.FLOAT32;
            List<Tensor> results = function.apply(in.stream().map(x -> Ops.cast(x, computed)).toList());
            return results.stream().map(y -> y.dtype().isFloating() ? Ops.cast(y, wanted) : y).toList();
        });
    }

    /** The widest floating type of some tensors, whole numbers counting as floatx. */
    private static DType floating(List<Tensor> inputs) {
        return inputs.stream().map(x -> x.dtype().isFloating() ? x.dtype() : Configuration.floatx())
                .reduce((a, b) -> a == b ? a : a.byteSize() == b.byteSize() ? DType.FLOAT32 : a.byteSize() > b.byteSize() ? a : b)
                .orElseThrow();
    }

    private static Tensor units(Tensor x) {
        return Ops.broadcastTo(Ops.eye(x.shape().dim(-1), x.shape().dim(-1), 0, x.dtype()), x.shape());
    }

    private static void requireMatrix(String who, Tensor x) {
        if (x.rank() < 2) {
            throw new IllegalArgumentException(who + ": matrices [..., n, m] are required. Received: " + x.type()
                    + ". Add axes with expandDims.");
        }
    }

    private static void requireSquare(String who, Tensor x) {
        if (x.rank() < 2 || x.shape().dim(-1) != x.shape().dim(-2)) {
            throw new IllegalArgumentException(who + ": square matrices [..., n, n] are required. Received: " + x.type()
                    + ". Use lstsq or pinv for others.");
        }
    }
}
