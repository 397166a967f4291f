package dev.keratin.autodiff;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.apply;
import static dev.keratin.Ops.divide;
import static dev.keratin.Ops.expandDims;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.negative;
import static dev.keratin.Ops.square;
import static dev.keratin.Ops.subtract;
import static dev.keratin.Ops.sum;
import static dev.keratin.Ops.swapaxes;
import static dev.keratin.Ops.where;

import dev.keratin.Complex;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Eig;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.TriangularSolve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of A V = V diag(W) for any square A.
 *
 * <p>With C = V^-1 dA V: dW is the diagonal of C, and dV = V (E * C) + V diag(d), E_ij = 1 / (w_j - w_i) off the diagonal. The
 * d_j keep the length of each vector 1 and its largest element real. Here are the adjoints of these, Re(conj(g) dx) being
 * the inner product. Between equal values, whose vectors are not unique, nothing flows.
 */
final class EigRule {
    private EigRule() {}

    static List<@Nullable Tensor> gradient(Eig op, Application use) {
        Complex w = new Complex(use.output(0), use.output(1));
        Complex v = new Complex(use.output(2), use.output(3));
        Complex gw = new Complex(use.gradient(0), use.gradient(1));
        Complex gv = free(v, new Complex(use.gradient(2), use.gradient(3)));
        Complex inner = timesConjugate(product(adjoint(v), gv), inverseDistances(w));
        Complex gc = new Complex(add(inner.real(), AlgebraRules.diagonal(gw.real())), add(inner.imag(), AlgebraRules.diagonal(gw.imag())));
        return Rules.one(product(product(adjoint(inverse(v)), gc), adjoint(v)).real());
    }

    /** The gradient of vectors that may have any length and phase, from that of those of length 1 with a real largest element. */
    private static Complex free(Complex v, Complex g) {
        Tensor along = sum(add(multiply(g.real(), v.real()), multiply(g.imag(), v.imag())), -2, true);
        Tensor across = sum(subtract(multiply(g.real(), v.imag()), multiply(g.imag(), v.real())), -2, true);
        Tensor sizes = add(square(v.real()), square(v.imag()));
        Tensor rows = expandDims(Ops.arange(v.real().shape().dim(-1)), -1);
        Tensor largest = Ops.cast(Ops.equal(rows, expandDims(Ops.argmax(sizes, -2), -2)), v.real().dtype());
        Tensor real = subtract(g.real(), multiply(along, v.real()));
        Tensor imag = subtract(g.imag(), multiply(along, v.imag()));
        Tensor pivot = sum(multiply(largest, v.real()), -2, true);
        return new Complex(real, add(imag, multiply(largest, divide(across, pivot))));
    }

    /** 1 / (w_j - w_i), 0 where they are equal. */
    private static Complex inverseDistances(Complex w) {
        Tensor real = subtract(expandDims(w.real(), -2), expandDims(w.real(), -1));
        Tensor imag = subtract(expandDims(w.imag(), -2), expandDims(w.imag(), -1));
        Tensor size = add(square(real), square(imag));
        Tensor none = Ops.equal(size, 0);
        Tensor safe = where(none, 1, size);
        return new Complex(where(none, 0, divide(real, safe)), where(none, 0, divide(negative(imag), safe)));
    }

    private static Complex timesConjugate(Complex a, Complex b) {
        return new Complex(add(multiply(a.real(), b.real()), multiply(a.imag(), b.imag())),
                subtract(multiply(a.imag(), b.real()), multiply(a.real(), b.imag())));
    }

    private static Complex product(Complex a, Complex b) {
        return new Complex(subtract(product(a.real(), b.real()), product(a.imag(), b.imag())),
                add(product(a.real(), b.imag()), product(a.imag(), b.real())));
    }

    private static Tensor product(Tensor a, Tensor b) {
        return apply(new MatMul(false, false), a, b);
    }

    private static Complex adjoint(Complex x) {
        return new Complex(swapaxes(x.real(), -1, -2), negative(swapaxes(x.imag(), -1, -2)));
    }

    /** The inverse, from that of the real matrix [[re, -im], [im, re]]. */
    private static Complex inverse(Complex x) {
        int n = (int) x.real().shape().dim(-1);
        Tensor upper = Ops.concatenate(List.of(x.real(), negative(x.imag())), -1);
        Tensor both = Ops.concatenate(List.of(upper, Ops.concatenate(List.of(x.imag(), x.real()), -1)), -2);
        List<Tensor> factors = apply(new Lu(), List.of(both));
        Tensor units = Ops.cast(Ops.equal(expandDims(factors.get(2), -1), Ops.arange(2L * n)), both.dtype());
        Tensor forward = apply(new TriangularSolve(true, false, true), factors.get(0), units);
        Tensor inverse = apply(new TriangularSolve(false, false, false), factors.get(0), forward);
        return new Complex(Ops.getItem(inverse, "..., :" + n + ", :" + n), Ops.getItem(inverse, "..., " + n + ":, :" + n));
    }
}
