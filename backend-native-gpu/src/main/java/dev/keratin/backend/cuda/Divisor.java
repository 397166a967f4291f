package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;

/**
 * A divisor as {@code kernel.cuh} takes it. For a dividend n from 0 to below 2^31 the quotient is
 * {@code ((n * factor >>> 32) + n) >>> shift}, see T. Granlund and P. Montgomery, "Division by Invariant Integers using
 * Multiplication", PLDI 1994.
 *
 * @param value what is divided by
 * @param factor of 32 bits
 * @param shift such that 2^shift is the least power of two that is not below the value
 */
record Divisor(long value, int factor, int shift) {
    /** Of a number from 1 on; factor and shift are only right for those below 2^31. */
    static Divisor of(long value) {
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value - 1);
        long power = 1L << shift;
        return new Divisor(value, shift < Integer.SIZE ? (int) (((power - value) << Integer.SIZE) / value + 1) : 0, shift);
    }

    void put(ByteBuffer target) {
        target.putLong(value).putInt(factor).putInt(shift);
    }
}
