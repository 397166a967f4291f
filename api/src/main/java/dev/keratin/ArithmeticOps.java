package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Domain;

/**
 * Functions of two tensors, element by element.
 *
 * <p>Shapes are stretched to a common one under NumPy's rules; element types are brought to {@link DTypes#resultType}. A
 * number beside a tensor takes the tensor's type; a fraction beside integers makes both floatx.
 */
abstract class ArithmeticOps extends OpsBase {
    ArithmeticOps() {}

    /** {@code a + b}; on bools: or. */
    public static Tensor add(Tensor a, Tensor b) {
        return binary(BinaryKind.ADD, a, b);
    }

    /** {@link #add(Tensor, Tensor)} with a number. */
    public static Tensor add(Tensor a, double b) {
        return define("add", a, x -> add(x, beside(x, b)));
    }

    /** {@link #add(Tensor, Tensor)} with a number. */
    public static Tensor add(double a, Tensor b) {
        return define("add", b, x -> add(beside(x, a), x));
    }

    /** {@code a - b}. */
    public static Tensor subtract(Tensor a, Tensor b) {
        return binary(BinaryKind.SUB, a, b);
    }

    /** {@link #subtract(Tensor, Tensor)} with a number. */
    public static Tensor subtract(Tensor a, double b) {
        return define("subtract", a, x -> subtract(x, beside(x, b)));
    }

    /** {@link #subtract(Tensor, Tensor)} with a number. */
    public static Tensor subtract(double a, Tensor b) {
        return define("subtract", b, x -> subtract(beside(x, a), x));
    }

    /** {@code a * b}; on bools: and. */
    public static Tensor multiply(Tensor a, Tensor b) {
        return binary(BinaryKind.MUL, a, b);
    }

    /** {@link #multiply(Tensor, Tensor)} with a number. */
    public static Tensor multiply(Tensor a, double b) {
        return define("multiply", a, x -> multiply(x, beside(x, b)));
    }

    /** {@link #multiply(Tensor, Tensor)} with a number. */
    public static Tensor multiply(double a, Tensor b) {
        return define("multiply", b, x -> multiply(beside(x, a), x));
    }

    /** {@code a / b}; integers and bools are converted to floatx first. */
    public static Tensor divide(Tensor a, Tensor b) {
        return binary(BinaryKind.DIV, a, b);
    }

    /** {@link #divide(Tensor, Tensor)} with a number. */
    public static Tensor divide(Tensor a, double b) {
        return define("divide", a, x -> divide(x, beside(x, b)));
    }

    /** {@link #divide(Tensor, Tensor)} with a number. */
    public static Tensor divide(double a, Tensor b) {
        return define("divide", b, x -> divide(beside(x, a), x));
    }

    /** The same as {@link #divide(Tensor, Tensor)}. */
    public static Tensor trueDivide(Tensor a, Tensor b) {
        return divide(a, b);
    }

    /** {@link #trueDivide(Tensor, Tensor)} with a number. */
    public static Tensor trueDivide(Tensor a, double b) {
        return define("trueDivide", a, x -> trueDivide(x, beside(x, b)));
    }

    /** {@link #trueDivide(Tensor, Tensor)} with a number. */
    public static Tensor trueDivide(double a, Tensor b) {
        return define("trueDivide", b, x -> trueDivide(beside(x, a), x));
    }

    /** The largest whole number not above {@code a / b}; for integers 0 where {@code b} is 0. */
    public static Tensor floorDivide(Tensor a, Tensor b) {
        return binary(BinaryKind.FLOOR_DIV, a, b);
    }

    /** {@link #floorDivide(Tensor, Tensor)} with a number. */
    public static Tensor floorDivide(Tensor a, double b) {
        return define("floorDivide", a, x -> floorDivide(x, beside(x, b)));
    }

    /** {@link #floorDivide(Tensor, Tensor)} with a number. */
    public static Tensor floorDivide(double a, Tensor b) {
        return define("floorDivide", b, x -> floorDivide(beside(x, a), x));
    }

    /** The remainder {@code a - floor(a / b) * b}, with the sign of {@code b}. */
    public static Tensor mod(Tensor a, Tensor b) {
        return binary(BinaryKind.MOD, a, b);
    }

    /** {@link #mod(Tensor, Tensor)} with a number. */
    public static Tensor mod(Tensor a, double b) {
        return define("mod", a, x -> mod(x, beside(x, b)));
    }

    /** {@link #mod(Tensor, Tensor)} with a number. */
    public static Tensor mod(double a, Tensor b) {
        return define("mod", b, x -> mod(beside(x, a), x));
    }

    /** {@code a} to the power {@code b}; for integers a negative power gives 0 but for bases 1 and -1. */
    public static Tensor power(Tensor a, Tensor b) {
        return binary(BinaryKind.POW, a, b);
    }

    /** {@link #power(Tensor, Tensor)} with a number. */
    public static Tensor power(Tensor a, double b) {
        return define("power", a, x -> power(x, beside(x, b)));
    }

    /** {@link #power(Tensor, Tensor)} with a number. */
    public static Tensor power(double a, Tensor b) {
        return define("power", b, x -> power(beside(x, a), x));
    }

    /** The larger element; NaN if either is. Where both are equal the gradient goes to {@code a}. */
    public static Tensor maximum(Tensor a, Tensor b) {
        return binary(BinaryKind.MAX, a, b);
    }

    /** {@link #maximum(Tensor, Tensor)} with a number. */
    public static Tensor maximum(Tensor a, double b) {
        return define("maximum", a, x -> maximum(x, beside(x, b)));
    }

    /** {@link #maximum(Tensor, Tensor)} with a number. */
    public static Tensor maximum(double a, Tensor b) {
        return define("maximum", b, x -> maximum(beside(x, a), x));
    }

    /** The smaller element; NaN if either is. Where both are equal the gradient goes to {@code a}. */
    public static Tensor minimum(Tensor a, Tensor b) {
        return binary(BinaryKind.MIN, a, b);
    }

    /** {@link #minimum(Tensor, Tensor)} with a number. */
    public static Tensor minimum(Tensor a, double b) {
        return define("minimum", a, x -> minimum(x, beside(x, b)));
    }

    /** {@link #minimum(Tensor, Tensor)} with a number. */
    public static Tensor minimum(double a, Tensor b) {
        return define("minimum", b, x -> minimum(beside(x, a), x));
    }

    /** The remainder of division towards zero, with the sign of {@code a}. */
    public static Tensor fmod(Tensor a, Tensor b) {
        return binary(BinaryKind.REMAINDER, a, b);
    }

    /** The angle of the point (x={@code b}, y={@code a}) in radians, from -pi to pi. */
    public static Tensor arctan2(Tensor a, Tensor b) {
        return binary(BinaryKind.ATAN2, a, b);
    }

    /** The next representable number after {@code a} towards {@code b}. */
    public static Tensor nextafter(Tensor a, Tensor b) {
        return binary(BinaryKind.NEXT_AFTER, a, b);
    }

    /** Brings both to one type that the kind accepts and applies it. */
    static Tensor binary(BinaryKind kind, Tensor a, Tensor b) {
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        BinaryKind used = common == DType.BOOL ? onBools(kind) : kind;
        if (!used.domain().contains(common)) {
            common = used.domain() == Domain.FLOATING ? Configuration.floatx() : DType.INT32;
        }
        return apply(new Binary(used), cast(a, common), cast(b, common));
    }

    private static BinaryKind onBools(BinaryKind kind) {
        if (kind == BinaryKind.ADD || kind == BinaryKind.MAX) {
            return BinaryKind.OR;
        }
        return kind == BinaryKind.MUL || kind == BinaryKind.MIN ? BinaryKind.AND : kind;
    }
}
