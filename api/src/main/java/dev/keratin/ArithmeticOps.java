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
        return symbolic(a, b) ? node("Add", a, b) : binary(BinaryKind.ADD, a, b);
    }

    /** {@link #add(Tensor, Tensor)} with a number. */
    public static Tensor add(Tensor a, double b) {
        return a.isSymbolic() ? node("Add", a, b) : add(a, beside(a, b));
    }

    /** {@link #add(Tensor, Tensor)} with a number. */
    public static Tensor add(double a, Tensor b) {
        return b.isSymbolic() ? node("Add", a, b) : add(beside(b, a), b);
    }

    /** {@code a - b}. */
    public static Tensor subtract(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Subtract", a, b) : binary(BinaryKind.SUB, a, b);
    }

    /** {@link #subtract(Tensor, Tensor)} with a number. */
    public static Tensor subtract(Tensor a, double b) {
        return a.isSymbolic() ? node("Subtract", a, b) : subtract(a, beside(a, b));
    }

    /** {@link #subtract(Tensor, Tensor)} with a number. */
    public static Tensor subtract(double a, Tensor b) {
        return b.isSymbolic() ? node("Subtract", a, b) : subtract(beside(b, a), b);
    }

    /** {@code a * b}; on bools: and. */
    public static Tensor multiply(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Multiply", a, b) : binary(BinaryKind.MUL, a, b);
    }

    /** {@link #multiply(Tensor, Tensor)} with a number. */
    public static Tensor multiply(Tensor a, double b) {
        return a.isSymbolic() ? node("Multiply", a, b) : multiply(a, beside(a, b));
    }

    /** {@link #multiply(Tensor, Tensor)} with a number. */
    public static Tensor multiply(double a, Tensor b) {
        return b.isSymbolic() ? node("Multiply", a, b) : multiply(beside(b, a), b);
    }

    /** {@code a / b}; integers and bools are converted to floatx first. */
    public static Tensor divide(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Divide", a, b) : binary(BinaryKind.DIV, a, b);
    }

    /** {@link #divide(Tensor, Tensor)} with a number. */
    public static Tensor divide(Tensor a, double b) {
        return a.isSymbolic() ? node("Divide", a, b) : divide(a, beside(a, b));
    }

    /** {@link #divide(Tensor, Tensor)} with a number. */
    public static Tensor divide(double a, Tensor b) {
        return b.isSymbolic() ? node("Divide", a, b) : divide(beside(b, a), b);
    }

    /** The same as {@link #divide(Tensor, Tensor)}. */
    public static Tensor trueDivide(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("TrueDivide", a, b) : divide(a, b);
    }

    /** {@link #trueDivide(Tensor, Tensor)} with a number. */
    public static Tensor trueDivide(Tensor a, double b) {
        return a.isSymbolic() ? node("TrueDivide", a, b) : trueDivide(a, beside(a, b));
    }

    /** {@link #trueDivide(Tensor, Tensor)} with a number. */
    public static Tensor trueDivide(double a, Tensor b) {
        return b.isSymbolic() ? node("TrueDivide", a, b) : trueDivide(beside(b, a), b);
    }

    /** The largest whole number not above {@code a / b}; for integers 0 where {@code b} is 0. */
    public static Tensor floorDivide(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("FloorDivide", a, b) : binary(BinaryKind.FLOOR_DIV, a, b);
    }

    /** {@link #floorDivide(Tensor, Tensor)} with a number. */
    public static Tensor floorDivide(Tensor a, double b) {
        return a.isSymbolic() ? node("FloorDivide", a, b) : floorDivide(a, beside(a, b));
    }

    /** {@link #floorDivide(Tensor, Tensor)} with a number. */
    public static Tensor floorDivide(double a, Tensor b) {
        return b.isSymbolic() ? node("FloorDivide", a, b) : floorDivide(beside(b, a), b);
    }

    /** The remainder {@code a - floor(a / b) * b}, with the sign of {@code b}. */
    public static Tensor mod(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Mod", a, b) : binary(BinaryKind.MOD, a, b);
    }

    /** {@link #mod(Tensor, Tensor)} with a number. */
    public static Tensor mod(Tensor a, double b) {
        return a.isSymbolic() ? node("Mod", a, b) : mod(a, beside(a, b));
    }

    /** {@link #mod(Tensor, Tensor)} with a number. */
    public static Tensor mod(double a, Tensor b) {
        return b.isSymbolic() ? node("Mod", a, b) : mod(beside(b, a), b);
    }

    /** {@code a} to the power {@code b}; for integers a negative power gives 0 but for bases 1 and -1. */
    public static Tensor power(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Power", a, b) : binary(BinaryKind.POW, a, b);
    }

    /** {@link #power(Tensor, Tensor)} with a number. */
    public static Tensor power(Tensor a, double b) {
        return a.isSymbolic() ? node("Power", a, b) : power(a, beside(a, b));
    }

    /** {@link #power(Tensor, Tensor)} with a number. */
    public static Tensor power(double a, Tensor b) {
        return b.isSymbolic() ? node("Power", a, b) : power(beside(b, a), b);
    }

    /** The larger element; NaN if either is. Where both are equal the gradient goes to {@code a}. */
    public static Tensor maximum(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Maximum", a, b) : binary(BinaryKind.MAX, a, b);
    }

    /** {@link #maximum(Tensor, Tensor)} with a number. */
    public static Tensor maximum(Tensor a, double b) {
        return a.isSymbolic() ? node("Maximum", a, b) : maximum(a, beside(a, b));
    }

    /** {@link #maximum(Tensor, Tensor)} with a number. */
    public static Tensor maximum(double a, Tensor b) {
        return b.isSymbolic() ? node("Maximum", a, b) : maximum(beside(b, a), b);
    }

    /** The smaller element; NaN if either is. Where both are equal the gradient goes to {@code a}. */
    public static Tensor minimum(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Minimum", a, b) : binary(BinaryKind.MIN, a, b);
    }

    /** {@link #minimum(Tensor, Tensor)} with a number. */
    public static Tensor minimum(Tensor a, double b) {
        return a.isSymbolic() ? node("Minimum", a, b) : minimum(a, beside(a, b));
    }

    /** {@link #minimum(Tensor, Tensor)} with a number. */
    public static Tensor minimum(double a, Tensor b) {
        return b.isSymbolic() ? node("Minimum", a, b) : minimum(beside(b, a), b);
    }

    /** The remainder of division towards zero, with the sign of {@code a}. */
    public static Tensor fmod(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Fmod", a, b) : binary(BinaryKind.REMAINDER, a, b);
    }

    /** The angle of the point (x={@code b}, y={@code a}) in radians, from -pi to pi. */
    public static Tensor arctan2(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Arctan2", a, b) : binary(BinaryKind.ATAN2, a, b);
    }

    /** The next representable number after {@code a} towards {@code b}. */
    public static Tensor nextafter(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Nextafter", a, b) : binary(BinaryKind.NEXT_AFTER, a, b);
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
