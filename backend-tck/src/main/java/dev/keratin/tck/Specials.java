package dev.keratin.tck;

import dev.keratin.backend.DType;

/** The floating numbers at which implementations go wrong. */
final class Specials {
    private Specials() {}

    /** How many there are of each floating type. */
    static final int COUNT = 17;

    static double[] of(DType type) {
        double smallest = switch (type) {
            case FLOAT16 -> 0x1p-24;
            case BFLOAT16 -> 0x1p-133;
            case FLOAT64 -> Double.MIN_VALUE;
            default -> Float.MIN_VALUE;
        };
        double normal = switch (type) {
            case FLOAT16 -> 0x1p-14;
            case FLOAT64 -> Double.MIN_NORMAL;
            default -> Float.MIN_NORMAL;
        };
        double largest = switch (type) {
            case FLOAT16 -> 65504;
            case BFLOAT16 -> 0x1.fep127;
            case FLOAT64 -> Double.MAX_VALUE;
            default -> Float.MAX_VALUE;
        };
        return new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, smallest, -smallest,
            normal, -normal, largest, -largest, 1, -1, 0.5, -1.5, 2.5, 3};
    }
}
