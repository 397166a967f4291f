package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import java.util.List;

/** Comparisons, logic on bools and bits, and choice, element by element with shapes stretched under NumPy's rules. */
abstract class LogicOps extends MathOps {
    LogicOps() {}

    /** Whether {@code a == b}; false where either is NaN. Result: bool. */
    public static Tensor equal(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Equal", a, b) : compare(CompareKind.EQ, a, b);
    }

    /** {@link #equal(Tensor, Tensor)} with a number. */
    public static Tensor equal(Tensor a, double b) {
        return a.isSymbolic() ? node("Equal", a, b) : equal(a, beside(a, b));
    }

    /** Whether {@code a != b}; true where either is NaN. Result: bool. */
    public static Tensor notEqual(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("NotEqual", a, b) : compare(CompareKind.NE, a, b);
    }

    /** {@link #notEqual(Tensor, Tensor)} with a number. */
    public static Tensor notEqual(Tensor a, double b) {
        return a.isSymbolic() ? node("NotEqual", a, b) : notEqual(a, beside(a, b));
    }

    /** Whether {@code a < b}; false where either is NaN. Result: bool. */
    public static Tensor less(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Less", a, b) : compare(CompareKind.LT, a, b);
    }

    /** {@link #less(Tensor, Tensor)} with a number. */
    public static Tensor less(Tensor a, double b) {
        return a.isSymbolic() ? node("Less", a, b) : less(a, beside(a, b));
    }

    /** Whether {@code a <= b}; false where either is NaN. Result: bool. */
    public static Tensor lessEqual(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("LessEqual", a, b) : compare(CompareKind.LE, a, b);
    }

    /** {@link #lessEqual(Tensor, Tensor)} with a number. */
    public static Tensor lessEqual(Tensor a, double b) {
        return a.isSymbolic() ? node("LessEqual", a, b) : lessEqual(a, beside(a, b));
    }

    /** Whether {@code a > b}; false where either is NaN. Result: bool. */
    public static Tensor greater(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Greater", a, b) : compare(CompareKind.GT, a, b);
    }

    /** {@link #greater(Tensor, Tensor)} with a number. */
    public static Tensor greater(Tensor a, double b) {
        return a.isSymbolic() ? node("Greater", a, b) : greater(a, beside(a, b));
    }

    /** Whether {@code a >= b}; false where either is NaN. Result: bool. */
    public static Tensor greaterEqual(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("GreaterEqual", a, b) : compare(CompareKind.GE, a, b);
    }

    /** {@link #greaterEqual(Tensor, Tensor)} with a number. */
    public static Tensor greaterEqual(Tensor a, double b) {
        return a.isSymbolic() ? node("GreaterEqual", a, b) : greaterEqual(a, beside(a, b));
    }

    /** Whether both are not 0. Result: bool. */
    public static Tensor logicalAnd(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("LogicalAnd", a, b) : apply(new Binary(BinaryKind.AND), truth(a), truth(b));
    }

    /** Whether at least one is not 0. Result: bool. */
    public static Tensor logicalOr(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("LogicalOr", a, b) : apply(new Binary(BinaryKind.OR), truth(a), truth(b));
    }

    /** Whether exactly one is not 0. Result: bool. */
    public static Tensor logicalXor(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("LogicalXor", a, b) : apply(new Binary(BinaryKind.XOR), truth(a), truth(b));
    }

    /** Whether 0. Result: bool. */
    public static Tensor logicalNot(Tensor x) {
        return x.isSymbolic() ? node("LogicalNot", x) : apply(new Unary(UnaryKind.NOT), truth(x));
    }

    /** Bitwise and of integers; logical and of bools. */
    public static Tensor bitwiseAnd(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("BitwiseAnd", a, b) : bits(BinaryKind.AND, a, b);
    }

    /** Bitwise or of integers; logical or of bools. */
    public static Tensor bitwiseOr(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("BitwiseOr", a, b) : bits(BinaryKind.OR, a, b);
    }

    /** Bitwise exclusive or of integers or bools. */
    public static Tensor bitwiseXor(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("BitwiseXor", a, b) : bits(BinaryKind.XOR, a, b);
    }

    /** {@code a} times 2 to the power {@code b}, wrapped; 0 where {@code b} is not below the width. */
    public static Tensor bitwiseLeftShift(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("BitwiseLeftShift", a, b) : bits(BinaryKind.SHIFT_LEFT, a, b);
    }

    /** {@code a} shifted right by {@code b} bits; signed types keep the sign. */
    public static Tensor bitwiseRightShift(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("BitwiseRightShift", a, b) : bits(BinaryKind.SHIFT_RIGHT, a, b);
    }

    private static Tensor bits(BinaryKind kind, Tensor a, Tensor b) {
        if (a.dtype().isFloating() || b.dtype().isFloating()) {
            throw new IllegalArgumentException("bitwise functions: integers or bools are required. Received: " + a.type() + " and "
                    + b.type() + ". Cast them to int32.");
        }
        return binary(kind, a, b);
    }

    /** The same as {@link #bitwiseLeftShift}. */
    public static Tensor leftShift(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("LeftShift", a, b) : bitwiseLeftShift(a, b);
    }

    /** The same as {@link #bitwiseRightShift}. */
    public static Tensor rightShift(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("RightShift", a, b) : bitwiseRightShift(a, b);
    }

    /** The bitwise complement of integers; logical negation of bools. */
    public static Tensor bitwiseNot(Tensor x) {
        return x.isSymbolic() ? node("BitwiseNot", x) : apply(new Unary(UnaryKind.NOT), x);
    }

    /** The same as {@link #bitwiseNot}. */
    public static Tensor bitwiseInvert(Tensor x) {
        return x.isSymbolic() ? node("BitwiseInvert", x) : bitwiseNot(x);
    }

    /**
     * {@code a} where the condition holds, else {@code b}.
     *
     * @param condition bool, or any type: then whether not 0
     */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        if (symbolic(List.of(condition, a, b))) {
            return node("Where", condition, a, b);
        }
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        return apply(new Select(), truth(condition), cast(a, common), cast(b, common));
    }

    /** {@link #where(Tensor, Tensor, Tensor)} with a number. */
    public static Tensor where(Tensor condition, Tensor a, double b) {
        return symbolic(condition, a) ? node("Where", condition, a, b) : where(condition, a, beside(a, b));
    }

    /** {@link #where(Tensor, Tensor, Tensor)} with a number. */
    public static Tensor where(Tensor condition, double a, Tensor b) {
        return symbolic(condition, b) ? node("Where", condition, a, b) : where(condition, beside(b, a), b);
    }

    /** One of two numbers, as floatx. */
    public static Tensor where(Tensor condition, double a, double b) {
        DType dtype = Configuration.floatx();
        return where(condition, scalar(dtype, a), scalar(dtype, b));
    }

    /** {@code min(max(x, low), high)}; the gradient passes where {@code low <= x <= high}. */
    public static Tensor clip(Tensor x, Tensor low, Tensor high) {
        return minimum(maximum(x, low), high);
    }

    /** {@link #clip(Tensor, Tensor, Tensor)} with numbers. */
    public static Tensor clip(Tensor x, double low, double high) {
        if (x.isSymbolic()) {
            return node("Clip", x, low, high);
        }
        Tensor clipped = minimum(maximum(x, low), high);
        return clipped.dtype().isInteger() && x.dtype().isInteger() ? cast(clipped, x.dtype()) : clipped;
    }

    /** Whether {@code |a - b| <= atol + rtol * |b|}; equal infinities are close, NaN is close to nothing. Result: bool. */
    public static Tensor isclose(Tensor a, Tensor b, double rtol, double atol) {
        if (symbolic(a, b)) {
            return node("Isclose", a, b, rtol, atol);
        }
        Tensor x = floating(a);
        Tensor y = floating(b);
        Tensor near = lessEqual(abs(subtract(x, y)), add(multiply(abs(y), rtol), atol));
        return logicalOr(equal(x, y), logicalAnd(near, logicalAnd(isfinite(x), isfinite(y))));
    }

    /** {@link #isclose(Tensor, Tensor, double, double)} with rtol 1e-5 and atol 1e-8. */
    public static Tensor isclose(Tensor a, Tensor b) {
        return isclose(a, b, 1e-5, 1e-8);
    }

    /** Brings both to one type and compares. */
    static Tensor compare(CompareKind kind, Tensor a, Tensor b) {
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        return apply(new Compare(kind), cast(a, common), cast(b, common));
    }
}
