package dev.keratin.backend.reference;

/** Functions that {@link Math} lacks, good to a few units in the last place. */
final class MoreMath {
    private static final double LN2 = Math.log(2);
    /** From here on {@code x * x + 1} is {@code x * x} in double precision. */
    private static final double LARGE = 0x1p28;

    private MoreMath() {}

    /** The exponent plus the logarithm of a fraction around 1, so that powers of two come out exact. */
    static double log2(double x) {
        if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
            return Math.log(x);
        }
        double normal = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
        int exponent = Math.getExponent(normal);
        double fraction = Math.scalb(normal, -exponent);
        if (fraction > Math.sqrt(2)) {
            fraction /= 2;
            exponent++;
        }
        return exponent - (x < Double.MIN_NORMAL ? 54 : 0) + Math.log(fraction) / LN2;
    }

    static double asinh(double x) {
        double a = Math.abs(x);
        double result = a > LARGE ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(result, x);
    }

    static double acosh(double x) {
        double t = x - 1;
        return x > LARGE ? Math.log(x) + LN2 : Math.log1p(t + Math.sqrt(t) * Math.sqrt(x + 1));
    }

    static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
    }

    /** Never takes the exponential of a positive number, which may overflow. */
    static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
    }
}
