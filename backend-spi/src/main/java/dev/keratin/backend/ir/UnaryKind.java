package dev.keratin.backend.ir;

/** The functions of one element. {@code x} is the operand; NaN gives NaN unless stated otherwise. */
public enum UnaryKind {
    /** {@code -x}; numbers. */
    NEG(Domain.NUMBER),
    /** {@code |x|}; numbers. */
    ABS(Domain.NUMBER),
    /** -1, 0 or 1; numbers. */
    SIGN(Domain.NUMBER),
    /** {@code x*x}; numbers. */
    SQUARE(Domain.NUMBER),
    /** {@code max(x, 0)}; numbers. */
    RELU(Domain.NUMBER),
    /** Bitwise complement of integers, logical negation of booleans. */
    NOT(Domain.BITS),
    /** Largest whole number not above. */
    FLOOR(Domain.FLOATING),
    /** Smallest whole number not below. */
    CEIL(Domain.FLOATING),
    /** Nearest whole number, ties to even. */
    ROUND(Domain.FLOATING),
    /** Whole part, towards zero. */
    TRUNC(Domain.FLOATING),
    /** {@code 1/x}. */
    RECIPROCAL(Domain.FLOATING),
    /** Square root; NaN below 0. */
    SQRT(Domain.FLOATING),
    /** {@code 1/sqrt(x)}. */
    RSQRT(Domain.FLOATING),
    /** Cube root. */
    CBRT(Domain.FLOATING),
    /** {@code e^x}. */
    EXP(Domain.FLOATING),
    /** {@code 2^x}. */
    EXP2(Domain.FLOATING),
    /** {@code e^x - 1}, exact near 0. */
    EXPM1(Domain.FLOATING),
    /** Natural logarithm; minus infinity at 0, NaN below. */
    LOG(Domain.FLOATING),
    /** Logarithm to base 2, exact for powers of two. */
    LOG2(Domain.FLOATING),
    /** Logarithm to base 10. */
    LOG10(Domain.FLOATING),
    /** {@code log(1 + x)}, exact near 0. */
    LOG1P(Domain.FLOATING),
    /** Sine of radians. */
    SIN(Domain.FLOATING),
    /** Cosine of radians. */
    COS(Domain.FLOATING),
    /** Tangent of radians. */
    TAN(Domain.FLOATING),
    /** Inverse sine. */
    ASIN(Domain.FLOATING),
    /** Inverse cosine. */
    ACOS(Domain.FLOATING),
    /** Inverse tangent. */
    ATAN(Domain.FLOATING),
    /** Hyperbolic sine. */
    SINH(Domain.FLOATING),
    /** Hyperbolic cosine. */
    COSH(Domain.FLOATING),
    /** Hyperbolic tangent. */
    TANH(Domain.FLOATING),
    /** Inverse hyperbolic sine. */
    ASINH(Domain.FLOATING),
    /** Inverse hyperbolic cosine. */
    ACOSH(Domain.FLOATING),
    /** Inverse hyperbolic tangent. */
    ATANH(Domain.FLOATING),
    /** Error function. */
    ERF(Domain.FLOATING),
    /** {@code 1 - erf(x)} without cancellation. */
    ERFC(Domain.FLOATING),
    /** Inverse of {@link #ERF} on (-1, 1); infinite at the ends. */
    ERFINV(Domain.FLOATING),
    /** {@code 1/(1 + e^-x)}. */
    SIGMOID(Domain.FLOATING),
    /** {@code log(1 + e^x)} without overflow. */
    SOFTPLUS(Domain.FLOATING),
    /** Whether NaN; result is bool. */
    IS_NAN(Domain.FLOATING),
    /** Whether plus or minus infinity; result is bool. */
    IS_INF(Domain.FLOATING),
    /** Whether neither NaN nor infinite; result is bool. */
    IS_FINITE(Domain.FLOATING);

    private final Domain domain;

    UnaryKind(Domain domain) {
        this.domain = domain;
    }

    /** The element types that are accepted. */
    public Domain domain() {
        return domain;
    }

    /** Whether the result is bool whatever the operand. */
    public boolean isPredicate() {
        return this == IS_NAN || this == IS_INF || this == IS_FINITE;
    }
}
