package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.List;

/**
 * Linear algebra on matrices [..., n, m], each of a batch on its own, as in {@code keras.ops.linalg}. Integers become floatx.
 * Written as loops over columns, which serves every backend and is differentiable; meant for matrices of up to a few
 * hundred rows.
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
        return square("cholesky", a, Factorizations::cholesky);
    }

    /** {@link #cholesky(Tensor)}, transposed if {@code upper}. */
    public static Tensor cholesky(Tensor a, boolean upper) {
        Tensor lower = cholesky(a);
        return upper ? Ops.swapaxes(lower, -1, -2) : lower;
    }

    /** The inverse of L L^T (of L^T L with {@code upper}) for a triangular matrix. */
    public static Tensor choleskyInverse(Tensor a, boolean upper) {
        return square("choleskyInverse", a, x -> {
            Tensor inverse = solveTriangular(x, Ops.broadcastTo(unit(x), x.shape()), !upper);
            Tensor turned = Ops.swapaxes(inverse, -1, -2);
            return upper ? Ops.matmul(inverse, turned) : Ops.matmul(turned, inverse);
        });
    }

    /** The determinant: [...]. */
    public static Tensor det(Tensor a) {
        return square("det", a, x -> {
            Factorizations.Pivoted pivoted = Factorizations.lu(x);
            return Ops.multiply(pivoted.sign(), Ops.prod(Ops.diagonal(pivoted.lu(), 0, -2, -1), -1));
        });
    }

    /** The sign of the determinant and the logarithm of its size, without overflow. */
    public static SignedLog slogdet(Tensor a) {
        List<Tensor> both = Composite.all("slogdet", List.of(floating(a)), in -> {
            requireSquare("slogdet", in.get(0));
            Factorizations.Pivoted pivoted = Factorizations.lu(in.get(0));
            Tensor diagonal = Ops.diagonal(pivoted.lu(), 0, -2, -1);
            return List.of(Ops.multiply(pivoted.sign(), Ops.prod(Ops.sign(diagonal), -1)), Ops.sum(Ops.log(Ops.abs(diagonal)), -1));
        });
        return new SignedLog(both.get(0), both.get(1));
    }

    /** The logarithm of the size of the determinant. */
    public static Tensor logdet(Tensor a) {
        return slogdet(a).logarithm();
    }

    /** The inverse. Infinite or NaN for a singular matrix. */
    public static Tensor inv(Tensor a) {
        return square("inv", a, x -> Factorizations.solve(x, Ops.broadcastTo(unit(x), x.shape())));
    }

    /** The factorisation with partial pivoting. */
    public static LU luFactor(Tensor a) {
        List<Tensor> both = Composite.all("luFactor", List.of(floating(a)), in -> {
            requireSquare("luFactor", in.get(0));
            Factorizations.Pivoted pivoted = Factorizations.lu(in.get(0));
            return List.of(pivoted.lu(), Ops.argsort(pivoted.permutation()));
        });
        return new LU(both.get(0), both.get(1));
    }

    /**
     * The x with a x = b.
     *
     * @param b [..., n, m], or [..., n] with one axis less than a
     */
    public static Tensor solve(Tensor a, Tensor b) {
        return Composite.call("solve", List.of(floating(a), floating(b)), in -> {
            requireSquare("solve", in.get(0));
            boolean vector = in.get(1).rank() == in.get(0).rank() - 1;
            Tensor x = Factorizations.solve(in.get(0), vector ? Ops.expandDims(in.get(1), -1) : in.get(1));
            return vector ? Ops.squeeze(x, -1) : x;
        });
    }

    /** The x with a x = b for a triangular a, of which the other triangle is not read. */
    public static Tensor solveTriangular(Tensor a, Tensor b, boolean lower) {
        return Composite.call("solveTriangular", List.of(floating(a), floating(b)), in -> {
            requireSquare("solveTriangular", in.get(0));
            boolean vector = in.get(1).rank() == in.get(0).rank() - 1;
            Tensor triangle = lower ? Ops.tril(in.get(0)) : Ops.triu(in.get(0));
            Tensor x = Factorizations.substituted(triangle, vector ? Ops.expandDims(in.get(1), -1) : in.get(1), lower, false);
            return vector ? Ops.squeeze(x, -1) : x;
        });
    }

    /** The factorisation by Householder's reflections; q has as many columns as rows if complete, else min(n, m). */
    public static QR qr(Tensor a, boolean complete) {
        List<Tensor> both = Composite.all("qr", List.of(floating(a)), in -> {
            requireMatrix("qr", in.get(0));
            return Householder.qr(in.get(0), complete);
        });
        return new QR(both.get(0), both.get(1));
    }

    /** {@link #qr(Tensor, boolean)} with min(n, m) columns. */
    public static QR qr(Tensor a) {
        return qr(a, false);
    }

    /** Eigenvalues and eigenvectors of symmetric matrices by Jacobi's rotations; only the lower triangle is read. */
    public static Eigen eigh(Tensor a) {
        List<Tensor> both = Composite.all("eigh", List.of(floating(a)), in -> {
            requireSquare("eigh", in.get(0));
            return Jacobi.symmetric(in.get(0));
        });
        return new Eigen(both.get(0), both.get(1));
    }

    /** The singular value decomposition by Jacobi's rotations; u and v are square if full. */
    public static SVD svd(Tensor a, boolean fullMatrices) {
        List<Tensor> three = Composite.all("svd", List.of(floating(a)), in -> {
            requireMatrix("svd", in.get(0));
            return Jacobi.singular(in.get(0), fullMatrices);
        });
        return new SVD(three.get(0), three.get(1), three.get(2));
    }

    /** {@link #svd(Tensor, boolean)}, full. */
    public static SVD svd(Tensor a) {
        return svd(a, true);
    }

    /** The Moore-Penrose inverse; singular values below 10 max(n, m) epsilon times the largest count as 0. */
    public static Tensor pinv(Tensor a) {
        return Composite.call("pinv", floating(a), x -> pseudoInverse(x, 10 * epsilon(x)));
    }

    /** The x of least size of all that make a x - b smallest. */
    public static Tensor lstsq(Tensor a, Tensor b) {
        return Composite.call("lstsq", List.of(floating(a), floating(b)), in ->
                Ops.matmul(pseudoInverse(in.get(0), epsilon(in.get(0))), in.get(1)));
    }

    /** How many singular values are above max(n, m) epsilon times the largest: int32 [...]. */
    public static Tensor matrixRank(Tensor a) {
        return Composite.call("matrixRank", floating(a), x -> {
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
        return Composite.call("norm", floating(a), x -> {
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

    private static Tensor square(String who, Tensor a, java.util.function.UnaryOperator<Tensor> function) {
        return Composite.call(who, floating(a), x -> {
            requireSquare(who, x);
            return function.apply(x);
        });
    }

    private static Tensor floating(Tensor x) {
        return x.dtype().isFloating() ? x : Ops.cast(x, dev.keratin.Configuration.floatx());
    }

    private static Tensor unit(Tensor x) {
        return Ops.eye(x.shape().dim(-1), x.shape().dim(-1), 0, x.dtype());
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
