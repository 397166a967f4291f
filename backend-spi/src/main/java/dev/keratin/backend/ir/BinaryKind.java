package dev.keratin.backend.ir;

/** The functions of two elements {@code a} and {@code b} of the same type, with a result of that type. */
public enum BinaryKind {
    /** {@code a + b}. */
    ADD(Domain.NUMBER),
    /** {@code a - b}. */
    SUB(Domain.NUMBER),
    /** {@code a * b}. */
    MUL(Domain.NUMBER),
    /** {@code a / b}. */
    DIV(Domain.FLOATING),
    /** Largest whole number not above {@code a / b}; for integers 0 where {@code b} is 0. */
    FLOOR_DIV(Domain.NUMBER),
    /** {@code a - floor(a / b) * b}: has the sign of {@code b}; for integers 0 where {@code b} is 0. */
    MOD(Domain.NUMBER),
    /** Remainder of division towards zero: has the sign of {@code a}; for integers 0 where {@code b} is 0. */
    REMAINDER(Domain.NUMBER),
    /** {@code a} to the power {@code b}; for integers a negative power gives 0, but for bases 1 and -1. */
    POW(Domain.NUMBER),
    /** The larger one; NaN if either is. */
    MAX(Domain.NUMBER),
    /** The smaller one; NaN if either is. */
    MIN(Domain.NUMBER),
    /** The angle of the point (x={@code b}, y={@code a}) in radians. */
    ATAN2(Domain.FLOATING),
    /** The next representable number after {@code a} towards {@code b}. */
    NEXT_AFTER(Domain.FLOATING),
    /** Bitwise or logical and. */
    AND(Domain.BITS),
    /** Bitwise or logical or. */
    OR(Domain.BITS),
    /** Bitwise or logical exclusive or. */
    XOR(Domain.BITS),
    /** {@code a} times 2 to the power {@code b}; 0 where {@code b} is not below the width or is negative. */
    SHIFT_LEFT(Domain.INTEGER),
    /** Signed for signed types; shifts by at least the width (or a negative count) leave only the sign. */
    SHIFT_RIGHT(Domain.INTEGER);

    private final Domain domain;

    BinaryKind(Domain domain) {
        this.domain = domain;
    }

    /** The element types that are accepted. */
    public Domain domain() {
        return domain;
    }
}
