package dev.keratin.tck;

import dev.keratin.backend.DType;

/**
 * How far a floating element may be from the reference: {@code units} times the distance of neighbouring numbers around
 * it, plus {@code absolute} times the precision that its type is computed in. Numbers below the smallest normal one may
 * be flushed to 0. NaN only equals NaN, infinities only themselves, whole numbers and booleans are always exact.
 *
 * <p>float16 and bfloat16 are computed in float32 and rounded at the end, so an eighth of the units is enough there, but
 * at least one.
 *
 * @param units relative error in multiples of the type's epsilon
 * @param absolute error in multiples of the epsilon of float64, or of float32 for all narrower types
 * @param bits whether signs of zeros count, and nothing is flushed
 */
record Tolerance(double units, double absolute, boolean bits) {
    /** For ops that move elements: even a zero keeps its sign. */
    static final Tolerance BITS = new Tolerance(0, 0, true);
    /** For ops whose result is a number of the type, or is rounded correctly everywhere. */
    static final Tolerance EXACT = new Tolerance(0, 0, false);
    /** For arithmetic that compilers may replace by a faster one with an error of a unit or two. */
    static final Tolerance ROUNDED = new Tolerance(2, 0, false);
    /** For functions: vectorised C libraries promise 4 units, and some functions are made of two or three others. */
    static final Tolerance FUNCTION = new Tolerance(16, 0, false);
    /** For sines of numbers near a multiple of pi, where the reduction of the argument may lose digits. */
    static final Tolerance PERIODIC = new Tolerance(16, 1, false);
    /** For programs of several inexact steps on numbers around 1. */
    static final Tolerance PROGRAM = new Tolerance(64, 64, false);

    /** For such programs of 16-bit types, which backends may round after each step or only at the end. */
    static final Tolerance NARROW_PROGRAM = new Tolerance(64, 0x1p19, false);

    /**
     * For sums of terms around 1 in any order: the error of rounding grows with the square root of their number; 16
     * leaves room for an unlucky draw.
     */
    static Tolerance sum(long terms) {
        return new Tolerance(4, 16 * Math.sqrt(terms), false);
    }

    /** For products of numbers around 1: each factor adds an error of one unit. */
    static Tolerance product(long factors) {
        return new Tolerance(4 + factors, 0, false);
    }

    boolean accepts(DType type, double expected, double actual) {
        if (bits) {
            return Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual);
        }
        if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) {
            return true;
        }
        return Math.abs(expected - actual) <= allowed(type, expected);
    }

    private double allowed(DType type, double expected) {
        if (!Double.isFinite(expected)) {
            return 0;
        }
        boolean narrow = type.byteSize() == 2;
        double relative = (narrow ? Math.max(Math.min(1, units), units / 8) : units) * epsilon(type) * Math.abs(expected);
        double precision = epsilon(type == DType.FLOAT64 ? type : DType.FLOAT32);
        return relative + absolute * precision + (units > 0 ? smallestNormal(type) : 0);
    }

    private static double epsilon(DType type) {
        return switch (type) {
            case FLOAT64 -> 0x1p-52;
            case FLOAT32 -> 0x1p-23;
            case FLOAT16 -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            default -> 0;
        };
    }

    private static double smallestNormal(DType type) {
        return switch (type) {
            case FLOAT64 -> Double.MIN_NORMAL;
            case FLOAT16 -> 0x1p-14;
            default -> Float.MIN_NORMAL;
        };
    }
}
