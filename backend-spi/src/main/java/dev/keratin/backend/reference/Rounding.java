package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Elements;

/** Brings numbers into the range of an element type. */
final class Rounding {
    private Rounding() {}

    /** The nearest number that a floating type has. */
    static double round(DType type, double value) {
        return switch (type) {
            case FLOAT64 -> value;
            case FLOAT32 -> (float) value;
            case FLOAT16 -> Elements.halfToFloat(Elements.floatToHalf(value));
            case BFLOAT16 -> Float.intBitsToFloat(Elements.floatToBfloat(value) << 16);
            case INT8, UINT8, INT32, INT64, BOOL -> throw new IllegalStateException(type + " is not floating");
        };
    }

    /** The number as an integer type keeps it; 0 or 1 for bool. */
    static long wrap(DType type, long value) {
        return switch (type) {
            case INT64 -> value;
            case INT32 -> (int) value;
            case INT8 -> (byte) value;
            case UINT8 -> value & 0xff;
            case BOOL -> value != 0 ? 1 : 0;
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is floating");
        };
    }

    static void round(DType type, double[] values) {
        if (type != DType.FLOAT64) {
            for (int i = 0; i < values.length; i++) {
                values[i] = round(type, values[i]);
            }
        }
    }

    static void wrap(DType type, long[] values) {
        if (type != DType.INT64) {
            for (int i = 0; i < values.length; i++) {
                values[i] = wrap(type, values[i]);
            }
        }
    }


    /** The least value of an integer type. */
    static long leastLong(DType type) {
        return switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            default -> 0;
        };
    }

    /** The greatest value of an integer type. */
    static long greatestLong(DType type) {
        return switch (type) {
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> Long.MAX_VALUE;
            default -> 1;
        };
    }
}
