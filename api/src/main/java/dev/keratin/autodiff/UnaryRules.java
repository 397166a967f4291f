package dev.keratin.autodiff;

import static dev.keratin.Ops.*;

import dev.keratin.Tensor;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import org.jspecify.annotations.Nullable;

/** The derivatives of functions of one element: x is the operand, y the result, g the gradient of y. */
final class UnaryRules {
    private static final double LN_2 = Math.log(2);
    private static final double LN_10 = Math.log(10);
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    private UnaryRules() {}

    static @Nullable Tensor gradient(UnaryKind kind, Tensor x, Tensor y, Tensor g) {
        return switch (kind) {
            case NEG -> negative(g);
            case ABS -> multiply(g, sign(x));
            case SQUARE -> multiply(g, multiply(x, 2));
            case RELU -> where(greater(y, 0), g, zerosLike(g));
            case RECIPROCAL -> negative(multiply(g, square(y)));
            case SQRT -> divide(multiply(g, 0.5), y);
            case RSQRT -> multiply(multiply(g, -0.5), divide(y, x));
            case CBRT -> divide(g, multiply(square(y), 3));
            case EXP -> multiply(g, y);
            case EXP2 -> multiply(g, multiply(y, LN_2));
            case EXPM1 -> multiply(g, add(y, 1));
            case LOG -> divide(g, x);
            case LOG2 -> divide(g, multiply(x, LN_2));
            case LOG10 -> divide(g, multiply(x, LN_10));
            case LOG1P -> divide(g, add(x, 1));
            case SIN -> multiply(g, cos(x));
            case COS -> negative(multiply(g, sin(x)));
            case TAN -> multiply(g, add(square(y), 1));
            case ASIN -> multiply(g, rsqrt(subtract(1, square(x))));
            case ACOS -> negative(multiply(g, rsqrt(subtract(1, square(x)))));
            case ATAN -> divide(g, add(square(x), 1));
            case SINH -> multiply(g, cosh(x));
            case COSH -> multiply(g, sinh(x));
            case TANH -> multiply(g, subtract(1, square(y)));
            case ASINH -> multiply(g, rsqrt(add(square(x), 1)));
            case ACOSH -> multiply(g, rsqrt(subtract(square(x), 1)));
            case ATANH -> divide(g, subtract(1, square(x)));
            case ERF -> multiply(g, multiply(exp(negative(square(x))), TWO_OVER_SQRT_PI));
            case ERFC -> multiply(g, multiply(exp(negative(square(x))), -TWO_OVER_SQRT_PI));
            case ERFINV -> multiply(g, multiply(exp(square(y)), 1 / TWO_OVER_SQRT_PI));
            case SIGMOID -> multiply(g, multiply(y, subtract(1, y)));
            case SOFTPLUS -> multiply(g, apply(new Unary(UnaryKind.SIGMOID), x));
            case SIGN, NOT, FLOOR, CEIL, ROUND, TRUNC, IS_NAN, IS_INF, IS_FINITE -> null;
        };
    }
}
