package dev.keratin.backend.reference;

/**
 * The error function, its complement and its inverse, good to a few units in the last place.
 *
 * <p>Below 1 by the series {@code erf(x) = 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!}, whose terms are all
 * positive; from 1 on by the continued fraction {@code erfc(x) = exp(-x^2)/sqrt(pi) / (x + 1/2/(x + 1/(x + 3/2/...)))}
 * (Abramowitz and Stegun, 7.1.6 and 7.1.14).
 */
final class ErrorFunction {
    private static final double SQRT_PI = Math.sqrt(Math.PI);
    /** From here on erfc is 0 in double precision. */
    private static final double LAST = 27.3;

    private ErrorFunction() {}

    static double erf(double x) {
        double a = Math.abs(x);
        return a < 1 ? series(x) : Math.copySign(1 - fraction(a), x);
    }

    static double erfc(double x) {
        if (x < 0) {
            return 1 + erf(-x);
        }
        return x < 1 ? 1 - series(x) : fraction(x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / SQRT_PI * expOfMinusSquare(x) * sum;
    }

    /** Needs more terms the nearer x is to 1. */
    private static double fraction(double x) {
        if (!(x < LAST)) {
            return Double.isNaN(x) ? x : 0;
        }
        double denominator = x;
        for (int k = 12 + (int) (200 / (x * x)); k > 0; k--) {
            denominator = x + 0.5 * k / denominator;
        }
        return expOfMinusSquare(x) / SQRT_PI / denominator;
    }

    /** The rounding error of the square is made good, as it grows with x. */
    private static double expOfMinusSquare(double x) {
        double square = x * x;
        return Math.exp(-square) * (1 - Math.fma(x, x, -square));
    }

    /** Newton's method on the tail, where it converges from any start below. */
    static double inverse(double y) {
        double a = Math.abs(y);
        if (!(a < 1)) {
            return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, y) : Double.NaN;
        }
        double x = guess(y);
        for (int i = 0; i < 4 && x != 0; i++) {
            double excess = a < 0.5 ? erf(x) - y : Math.signum(y) * (1 - a - erfc(Math.abs(x)));
            double step = excess * SQRT_PI / 2 / expOfMinusSquare(x);
            x -= step / (1 + x * step);
        }
        return x;
    }

    /** Winitzki's approximation, good to 2 parts in 1000. */
    private static double guess(double y) {
        double log = Math.log1p(-y * y);
        double half = 2 / (Math.PI * 0.147) + log / 2;
        return Math.copySign(Math.sqrt(-log / 0.147 / (half + Math.sqrt(half * half - log / 0.147))), y);
    }
}
