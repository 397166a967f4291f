package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.BinaryKind;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** The functions of two elements. */
final class BinaryFunctions {
    private BinaryFunctions() {}

    static DoubleBinaryOperator ofDouble(BinaryKind kind, DType type) {
        return switch (kind) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> a / b;
            case FLOOR_DIV -> BinaryFunctions::floorDiv;
            case MOD -> BinaryFunctions::mod;
            case REMAINDER -> (a, b) -> a % b;
            case POW -> BinaryFunctions::pow;
            case MAX -> Math::max;
            case MIN -> Math::min;
            case ATAN2 -> Math::atan2;
            case NEXT_AFTER -> (a, b) -> nextAfter(type, a, b);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw new IllegalStateException(kind + " takes no floating elements");
        };
    }

    static LongBinaryOperator ofLong(BinaryKind kind, DType type) {
        int width = 8 * type.byteSize();
        return switch (kind) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case FLOOR_DIV -> (a, b) -> b == 0 ? 0 : Math.floorDiv(a, b);
            case MOD -> (a, b) -> b == 0 ? 0 : Math.floorMod(a, b);
            case REMAINDER -> (a, b) -> b == 0 ? 0 : a % b;
            case POW -> BinaryFunctions::pow;
            case MAX -> Math::max;
            case MIN -> Math::min;
            case AND -> (a, b) -> a & b;
            case OR -> (a, b) -> a | b;
            case XOR -> (a, b) -> a ^ b;
            case SHIFT_LEFT -> (a, b) -> b < 0 || b >= width ? 0 : a << b;
            case SHIFT_RIGHT -> (a, b) -> a >> (b < 0 || b >= width ? 63 : b);
            case DIV, ATAN2, NEXT_AFTER -> throw new IllegalStateException(kind + " takes floating elements only");
        };
    }

    /** {@code a - floor(a / b) * b} without the error of the division. */
    private static double mod(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    /** The floor of the exact quotient; that of the rounded one may be 1 too large. */
    private static double floorDiv(double a, double b) {
        double quotient = Math.rint((a - mod(a, b)) / b);
        return Double.isNaN(quotient) ? Math.floor(a / b) : quotient;
    }

    /** IEEE 754 pow, which differs from {@link Math#pow} where one operand is 1 or -1 and the other not finite. */
    private static double pow(double a, double b) {
        return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : Math.pow(a, b);
    }

    private static long pow(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 || base == -1 && exponent % 2 == 0 ? 1 : base == -1 ? -1 : 0;
        }
        long power = 1;
        for (long square = base, bits = exponent; bits != 0; bits >>= 1, square *= square) {
            power *= (bits & 1) != 0 ? square : 1;
        }
        return power;
    }

    private static double nextAfter(DType type, double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b) || a == b) {
            return a == b ? b : Double.NaN;
        }
        return switch (type) {
            case FLOAT64 -> Math.nextAfter(a, b);
            case FLOAT32 -> Math.nextAfter((float) a, b);
            case FLOAT16, BFLOAT16 -> Bits.toDouble(type, next(Bits.ofDouble(type, a), a, b > a));
            case INT8, UINT8, INT32, INT64, BOOL -> throw new IllegalStateException(type + " is not floating");
        };
    }

    /** The bits of the 16 bit number next to one, whose magnitudes are in the order of their bits. */
    private static long next(long bits, double value, boolean up) {
        if (value == 0) {
            return up ? 1 : 0x8001;
        }
        return up == value > 0 ? bits + 1 : bits - 1;
    }
}
