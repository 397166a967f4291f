package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.UnaryKind;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** The functions of one element. */
final class UnaryFunctions {
    private UnaryFunctions() {}

    static DoubleUnaryOperator ofDouble(UnaryKind kind) {
        return switch (kind) {
            case NEG -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> Math::signum;
            case SQUARE -> x -> x * x;
            case RELU -> x -> Math.max(x, 0);
            case FLOOR -> Math::floor;
            case CEIL -> Math::ceil;
            case ROUND -> Math::rint;
            case TRUNC -> x -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case RECIPROCAL -> x -> 1 / x;
            case SQRT -> Math::sqrt;
            case RSQRT -> x -> 1 / Math.sqrt(x);
            case CBRT -> Math::cbrt;
            case EXP -> Math::exp;
            case EXP2 -> x -> Math.pow(2, x);
            case EXPM1 -> Math::expm1;
            case LOG -> Math::log;
            case LOG2 -> MoreMath::log2;
            case LOG10 -> Math::log10;
            case LOG1P -> Math::log1p;
            case SIN -> Math::sin;
            case COS -> Math::cos;
            case TAN -> Math::tan;
            case ASIN -> Math::asin;
            case ACOS -> Math::acos;
            case ATAN -> Math::atan;
            case SINH -> Math::sinh;
            case COSH -> Math::cosh;
            case TANH -> Math::tanh;
            case ASINH -> MoreMath::asinh;
            case ACOSH -> MoreMath::acosh;
            case ATANH -> MoreMath::atanh;
            case ERF -> ErrorFunction::erf;
            case ERFC -> ErrorFunction::erfc;
            case ERFINV -> ErrorFunction::inverse;
            case SIGMOID -> MoreMath::sigmoid;
            case SOFTPLUS -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case NOT, IS_NAN, IS_INF, IS_FINITE -> throw new IllegalStateException(kind + " gives no floating element");
        };
    }

    static boolean test(UnaryKind kind, double x) {
        return switch (kind) {
            case IS_NAN -> Double.isNaN(x);
            case IS_INF -> Double.isInfinite(x);
            case IS_FINITE -> Double.isFinite(x);
            default -> throw new IllegalStateException(kind + " is not a predicate");
        };
    }

    static LongUnaryOperator ofLong(UnaryKind kind, DType type) {
        return switch (kind) {
            case NEG -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> Long::signum;
            case SQUARE -> x -> x * x;
            case RELU -> x -> Math.max(x, 0);
            case NOT -> type == DType.BOOL ? x -> 1 - x : x -> ~x;
            default -> throw new IllegalStateException(kind + " takes floating elements only");
        };
    }
}
