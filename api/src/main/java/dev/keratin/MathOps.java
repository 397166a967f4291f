package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;

/**
 * Functions of one tensor, element by element. The shape stays. Functions of real numbers convert integers and bools to
 * floatx first; the others keep the element type.
 */
abstract class MathOps extends ArithmeticOps {
    MathOps() {}

    /** {@code -x}. */
    public static Tensor negative(Tensor x) {
        return x.isSymbolic() ? node("Negative", x) : apply(new Unary(UnaryKind.NEG), number(x));
    }

    /** The absolute value {@code |x|}; gradient 0 at 0. */
    public static Tensor abs(Tensor x) {
        return x.isSymbolic() ? node("Abs", x) : x.dtype() == DType.BOOL ? x : apply(new Unary(UnaryKind.ABS), x);
    }

    /** -1, 0 or 1 as {@code x} is negative, 0 or positive. */
    public static Tensor sign(Tensor x) {
        return x.isSymbolic() ? node("Sign", x) : apply(new Unary(UnaryKind.SIGN), number(x));
    }

    /** {@code x * x}. */
    public static Tensor square(Tensor x) {
        return x.isSymbolic() ? node("Square", x) : apply(new Unary(UnaryKind.SQUARE), number(x));
    }

    /** The same as {@link #abs}. */
    public static Tensor absolute(Tensor x) {
        return x.isSymbolic() ? node("Absolute", x) : abs(x);
    }

    /** The smallest whole number not below {@code x}. */
    public static Tensor ceil(Tensor x) {
        return x.isSymbolic() ? node("Ceil", x) : apply(new Unary(UnaryKind.CEIL), floating(x));
    }

    /** The largest whole number not above {@code x}. */
    public static Tensor floor(Tensor x) {
        return x.isSymbolic() ? node("Floor", x) : apply(new Unary(UnaryKind.FLOOR), floating(x));
    }

    /** {@code 1 / x}. */
    public static Tensor reciprocal(Tensor x) {
        return x.isSymbolic() ? node("Reciprocal", x) : apply(new Unary(UnaryKind.RECIPROCAL), floating(x));
    }

    /** The square root; NaN below 0. */
    public static Tensor sqrt(Tensor x) {
        return x.isSymbolic() ? node("Sqrt", x) : apply(new Unary(UnaryKind.SQRT), floating(x));
    }

    /** {@code 1 / sqrt(x)}. */
    public static Tensor rsqrt(Tensor x) {
        return x.isSymbolic() ? node("Rsqrt", x) : apply(new Unary(UnaryKind.RSQRT), floating(x));
    }

    /** The cube root. */
    public static Tensor cbrt(Tensor x) {
        return x.isSymbolic() ? node("Cbrt", x) : apply(new Unary(UnaryKind.CBRT), floating(x));
    }

    /** {@code e^x}. */
    public static Tensor exp(Tensor x) {
        return x.isSymbolic() ? node("Exp", x) : apply(new Unary(UnaryKind.EXP), floating(x));
    }

    /** {@code 2^x}. */
    public static Tensor exp2(Tensor x) {
        return x.isSymbolic() ? node("Exp2", x) : apply(new Unary(UnaryKind.EXP2), floating(x));
    }

    /** {@code e^x - 1}, exact near 0. */
    public static Tensor expm1(Tensor x) {
        return x.isSymbolic() ? node("Expm1", x) : apply(new Unary(UnaryKind.EXPM1), floating(x));
    }

    /** The natural logarithm; minus infinity at 0, NaN below. */
    public static Tensor log(Tensor x) {
        return x.isSymbolic() ? node("Log", x) : apply(new Unary(UnaryKind.LOG), floating(x));
    }

    /** The logarithm to base 2. */
    public static Tensor log2(Tensor x) {
        return x.isSymbolic() ? node("Log2", x) : apply(new Unary(UnaryKind.LOG2), floating(x));
    }

    /** The logarithm to base 10. */
    public static Tensor log10(Tensor x) {
        return x.isSymbolic() ? node("Log10", x) : apply(new Unary(UnaryKind.LOG10), floating(x));
    }

    /** {@code log(1 + x)}, exact near 0. */
    public static Tensor log1p(Tensor x) {
        return x.isSymbolic() ? node("Log1p", x) : apply(new Unary(UnaryKind.LOG1P), floating(x));
    }

    /** The sine of radians. */
    public static Tensor sin(Tensor x) {
        return x.isSymbolic() ? node("Sin", x) : apply(new Unary(UnaryKind.SIN), floating(x));
    }

    /** The cosine of radians. */
    public static Tensor cos(Tensor x) {
        return x.isSymbolic() ? node("Cos", x) : apply(new Unary(UnaryKind.COS), floating(x));
    }

    /** The tangent of radians. */
    public static Tensor tan(Tensor x) {
        return x.isSymbolic() ? node("Tan", x) : apply(new Unary(UnaryKind.TAN), floating(x));
    }

    /** The inverse sine in radians. */
    public static Tensor arcsin(Tensor x) {
        return x.isSymbolic() ? node("Arcsin", x) : apply(new Unary(UnaryKind.ASIN), floating(x));
    }

    /** The inverse cosine in radians. */
    public static Tensor arccos(Tensor x) {
        return x.isSymbolic() ? node("Arccos", x) : apply(new Unary(UnaryKind.ACOS), floating(x));
    }

    /** The inverse tangent in radians. */
    public static Tensor arctan(Tensor x) {
        return x.isSymbolic() ? node("Arctan", x) : apply(new Unary(UnaryKind.ATAN), floating(x));
    }

    /** The hyperbolic sine. */
    public static Tensor sinh(Tensor x) {
        return x.isSymbolic() ? node("Sinh", x) : apply(new Unary(UnaryKind.SINH), floating(x));
    }

    /** The hyperbolic cosine. */
    public static Tensor cosh(Tensor x) {
        return x.isSymbolic() ? node("Cosh", x) : apply(new Unary(UnaryKind.COSH), floating(x));
    }

    /** The hyperbolic tangent. */
    public static Tensor tanh(Tensor x) {
        return x.isSymbolic() ? node("Tanh", x) : apply(new Unary(UnaryKind.TANH), floating(x));
    }

    /** The inverse hyperbolic sine. */
    public static Tensor arcsinh(Tensor x) {
        return x.isSymbolic() ? node("Arcsinh", x) : apply(new Unary(UnaryKind.ASINH), floating(x));
    }

    /** The inverse hyperbolic cosine. */
    public static Tensor arccosh(Tensor x) {
        return x.isSymbolic() ? node("Arccosh", x) : apply(new Unary(UnaryKind.ACOSH), floating(x));
    }

    /** The inverse hyperbolic tangent. */
    public static Tensor arctanh(Tensor x) {
        return x.isSymbolic() ? node("Arctanh", x) : apply(new Unary(UnaryKind.ATANH), floating(x));
    }

    /** The error function {@code 2/sqrt(pi) * integral of exp(-t^2) from 0 to x}. */
    public static Tensor erf(Tensor x) {
        return x.isSymbolic() ? node("Erf", x) : apply(new Unary(UnaryKind.ERF), floating(x));
    }

    /** {@code 1 - erf(x)} without cancellation. */
    public static Tensor erfc(Tensor x) {
        return x.isSymbolic() ? node("Erfc", x) : apply(new Unary(UnaryKind.ERFC), floating(x));
    }

    /** The inverse of {@link #erf} on (-1, 1); infinite at the ends. */
    public static Tensor erfinv(Tensor x) {
        return x.isSymbolic() ? node("Erfinv", x) : apply(new Unary(UnaryKind.ERFINV), floating(x));
    }

    /** The nearest whole number, ties to even; integers stay. */
    public static Tensor round(Tensor x) {
        return x.isSymbolic() ? node("Round", x) : x.dtype().isFloating() ? apply(new Unary(UnaryKind.ROUND), x) : x;
    }

    /** {@code round(x * 10^decimals) / 10^decimals}; of integers an integer. */
    public static Tensor round(Tensor x, int decimals) {
        if (x.isSymbolic()) {
            return node("Round", x, decimals);
        }
        if (!x.dtype().isFloating()) {
            return decimals >= 0 ? x : cast(round(cast(x, DType.FLOAT64), decimals), x.dtype());
        }
        double scale = Math.pow(10, decimals);
        return decimals == 0 ? round(x) : divide(round(multiply(x, scale)), scale);
    }

    /** The whole part, towards zero; integers stay. */
    public static Tensor trunc(Tensor x) {
        return x.isSymbolic() ? node("Trunc", x) : x.dtype().isFloating() ? apply(new Unary(UnaryKind.TRUNC), x) : x;
    }

    /** Whether NaN; false for integers. Result: bool. */
    public static Tensor isnan(Tensor x) {
        return x.isSymbolic() ? node("Isnan", x) : predicate(UnaryKind.IS_NAN, x);
    }

    /** Whether plus or minus infinity; false for integers. Result: bool. */
    public static Tensor isinf(Tensor x) {
        return x.isSymbolic() ? node("Isinf", x) : predicate(UnaryKind.IS_INF, x);
    }

    /** Whether neither NaN nor infinite; true for integers. Result: bool. */
    public static Tensor isfinite(Tensor x) {
        return x.isSymbolic() ? node("Isfinite", x) : predicate(UnaryKind.IS_FINITE, x);
    }

    private static Tensor predicate(UnaryKind kind, Tensor x) {
        return apply(new Unary(kind), floating(x));
    }

    /** The tensor as bools: whether each element is not 0. */
    static Tensor truth(Tensor x) {
        return cast(x, DType.BOOL);
    }
}
