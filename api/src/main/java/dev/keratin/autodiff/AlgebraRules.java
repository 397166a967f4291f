package dev.keratin.autodiff;

import static dev.keratin.Ops.apply;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.Eigh;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.Svd;
import dev.keratin.backend.ir.TriangularSolve;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of factorizations (Giles, 2008: "Collected matrix derivative results"; Walter and Lehmann, 2010, for QR). What is
 * read of one triangle only has a gradient in that triangle only.
 */
final class AlgebraRules {
    private AlgebraRules() {}

    static List<@Nullable Tensor> cholesky(Cholesky op, Application use) {
        Tensor l = use.output();
        Tensor inner = halved(product(l, use.gradient(), true, false));
        Tensor right = solve(l, turned(inner), true, true);
        return Rules.one(lower(solve(l, turned(right), true, true)));
    }

    static List<@Nullable Tensor> triangularSolve(TriangularSolve op, Application use) {
        Tensor b = apply(new TriangularSolve(op.lower(), !op.transposed(), op.unit()), use.input(0), use.gradient());
        Tensor a = null;
        if (use.needs(0)) {
            Tensor full = op.transposed() ? product(use.output(), b, false, true) : product(b, use.output(), false, true);
            int skipped = op.unit() ? 1 : 0;
            a = Ops.negative(op.lower() ? Ops.tril(full, -skipped) : Ops.triu(full, skipped));
        }
        return Arrays.asList(a, b);
    }

    /** With F = tril(L^T gL, -1) + triu(gU U^T), the rows of L^-T F U^-T put back to where they came from. */
    static List<@Nullable Tensor> lu(Lu op, Application use) {
        Tensor lu = use.output(0);
        Tensor lower = Ops.add(Ops.tril(lu, -1), unit(lu));
        Tensor upper = Ops.triu(lu);
        Tensor left = Ops.tril(product(lower, Ops.tril(use.gradient(0), -1), true, false), -1);
        Tensor right = Ops.triu(product(Ops.triu(use.gradient(0)), upper, false, true));
        Tensor half = apply(new TriangularSolve(true, true, true), lu, Ops.add(left, right));
        Tensor whole = turned(apply(new TriangularSolve(false, false, false), lu, turned(half)));
        return Rules.one(Ops.takeAlongAxis(whole, Ops.expandDims(Ops.argsort(use.output(2)), -1), -2));
    }

    static List<@Nullable Tensor> qr(Qr op, Application use) {
        Tensor x = use.input(0);
        int m = (int) x.shape().dim(-2);
        int n = (int) x.shape().dim(-1);
        if (op.complete() && m > n) {
            throw new UnsupportedOperationException("qr: the reduced form is required to differentiate matrices with more rows"
                    + " than columns. Received: the complete one of " + x.type() + ". Call qr(x).");
        }
        Tensor q = use.output(0);
        Tensor r = use.output(1);
        if (m >= n) {
            return Rules.one(qr(q, r, use.gradient(0), use.gradient(1)));
        }
        // The columns beyond the square part are q times those of r.
        Tensor rest = columns(x, m, n);
        Tensor gRest = columns(use.gradient(1), m, n);
        Tensor gq = Ops.add(use.gradient(0), product(rest, gRest, false, true));
        Tensor square = qr(q, columns(r, 0, m), gq, columns(use.gradient(1), 0, m));
        return Rules.one(Ops.concatenate(List.of(square, product(q, gRest, false, false)), -1));
    }

    private static Tensor qr(Tensor q, Tensor r, Tensor gq, Tensor gr) {
        Tensor mixed = Ops.subtract(product(r, Ops.triu(gr), false, true), product(gq, q, true, false));
        Tensor symmetric = Ops.add(Ops.tril(mixed), turned(Ops.tril(mixed, -1)));
        Tensor whole = Ops.add(gq, product(q, symmetric, false, false));
        return turned(solve(r, turned(whole), false, false));
    }

    /** Between equal values, whose vectors are not unique, nothing flows. */
    static List<@Nullable Tensor> eigh(Eigh op, Application use) {
        Tensor w = use.output(0);
        Tensor v = use.output(1);
        Tensor distance = Ops.subtract(Ops.expandDims(w, -2), Ops.expandDims(w, -1));
        Tensor inner = Ops.add(diagonal(use.gradient(0)),
                Ops.multiply(product(v, use.gradient(1), true, false), reciprocal(distance)));
        return Rules.one(lower(product(product(v, inner, false, false), v, false, true)));
    }

    static List<@Nullable Tensor> svd(Svd op, Application use) {
        Tensor x = use.input(0);
        int m = (int) x.shape().dim(-2);
        int n = (int) x.shape().dim(-1);
        int k = Math.min(m, n);
        if (op.full() && m != n && (use.isReached(0) || use.isReached(2))) {
            throw new UnsupportedOperationException("svd: the reduced form is required to differentiate the vectors of matrices"
                    + " that are not square. Received: the full one of " + x.type() + ". Call svd(x, false).");
        }
        Tensor u = columns(use.output(0), 0, k);
        Tensor s = use.output(1);
        Tensor v = columns(turned(use.output(2)), 0, k);
        Tensor gu = columns(use.gradient(0), 0, k);
        Tensor gv = columns(turned(use.gradient(2)), 0, k);
        Tensor squares = Ops.square(s);
        Tensor factor = reciprocal(Ops.subtract(Ops.expandDims(squares, -2), Ops.expandDims(squares, -1)));
        Tensor left = product(u, gu, true, false);
        Tensor right = product(v, gv, true, false);
        Tensor lying = Ops.expandDims(s, -2);
        Tensor standing = Ops.expandDims(s, -1);
        Tensor inner = Ops.add(diagonal(use.gradient(1)), Ops.add(
                Ops.multiply(Ops.multiply(Ops.subtract(left, turned(left)), factor), lying),
                Ops.multiply(Ops.multiply(Ops.subtract(right, turned(right)), factor), standing)));
        Tensor whole = product(product(u, inner, false, false), v, false, true);
        Tensor inverse = reciprocal(lying);
        if (m > k && use.isReached(0)) {
            Tensor outside = Ops.subtract(gu, product(u, left, false, false));
            whole = Ops.add(whole, product(Ops.multiply(outside, inverse), v, false, true));
        }
        if (n > k && use.isReached(2)) {
            Tensor outside = Ops.subtract(gv, product(v, right, false, false));
            whole = Ops.add(whole, product(u, Ops.multiply(outside, inverse), false, true));
        }
        return Rules.one(whole);
    }

    /** 1 / x, and 0 for 0. */
    private static Tensor reciprocal(Tensor x) {
        Tensor none = Ops.equal(x, 0);
        return Ops.where(none, 0, Ops.reciprocal(Ops.where(none, 1, x)));
    }

    /** Of a gradient as if the whole matrix were read, the one of the lower triangle that stands for both. */
    private static Tensor lower(Tensor whole) {
        return Ops.add(Ops.tril(whole), Ops.tril(turned(whole), -1));
    }

    /** The lower triangle with half of the diagonal. */
    private static Tensor halved(Tensor x) {
        return Ops.multiply(Ops.add(Ops.tril(x), Ops.tril(x, -1)), 0.5);
    }

    /** The matrices with some values on the diagonal. */
    static Tensor diagonal(Tensor values) {
        int n = (int) values.shape().dim(-1);
        return Ops.multiply(Ops.expandDims(values, -1), Ops.eye(n, n, 0, values.dtype()));
    }

    private static Tensor unit(Tensor x) {
        return Ops.eye(x.shape().dim(-1), x.shape().dim(-1), 0, x.dtype());
    }

    private static Tensor columns(Tensor x, int from, int to) {
        return from == 0 && to == x.shape().dim(-1) ? x : Ops.getItem(x, "..., " + from + ":" + to);
    }

    private static Tensor solve(Tensor a, Tensor b, boolean lower, boolean transposed) {
        return apply(new TriangularSolve(lower, transposed, false), a, b);
    }

    private static Tensor product(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
        return apply(new MatMul(transposeA, transposeB), a, b);
    }

    private static Tensor turned(Tensor x) {
        return Ops.swapaxes(x, -1, -2);
    }
}
