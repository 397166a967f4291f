package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Elements;

/** The bits that stand for a number in an element type, in the low bits of a long. */
final class Bits {
    private Bits() {}

    static long ofDouble(DType type, double value) {
        return switch (type) {
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case FLOAT32 -> Float.floatToRawIntBits((float) value);
            case FLOAT16 -> Elements.floatToHalf(value);
            case BFLOAT16 -> Elements.floatToBfloat(value);
            case INT8, UINT8, INT32, INT64, BOOL -> throw new IllegalStateException(type + " is not floating");
        };
    }

    static double toDouble(DType type, long bits) {
        return switch (type) {
            case FLOAT64 -> Double.longBitsToDouble(bits);
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            case FLOAT16 -> Elements.halfToFloat((short) bits);
            case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
            case INT8, UINT8, INT32, INT64, BOOL -> throw new IllegalStateException(type + " is not floating");
        };
    }
}
