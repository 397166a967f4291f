package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import java.nio.ByteBuffer;

/** Reads and writes single elements of little-endian buffers; an index counts elements from the buffer's start. */
public final class Elements {
    private Elements() {}

    /** The element as a double; int64 is rounded, bool is 0 or 1. */
    public static double read(ByteBuffer buffer, int index, DType type) {
        return switch (type) {
            case FLOAT16 -> halfToFloat(buffer.getShort(2 * index));
            case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(2 * index) << 16);
            case FLOAT32 -> buffer.getFloat(4 * index);
            case FLOAT64 -> buffer.getDouble(8 * index);
            case INT8, UINT8, INT32, INT64, BOOL -> readLong(buffer, index, type);
        };
    }

    /** The element as a whole number; floating elements are cut towards zero. */
    public static long readLong(ByteBuffer buffer, int index, DType type) {
        return switch (type) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> (long) read(buffer, index, type);
            case INT8 -> buffer.get(index);
            case UINT8, BOOL -> buffer.get(index) & 0xff;
            case INT32 -> buffer.getInt(4 * index);
            case INT64 -> buffer.getLong(8 * index);
        };
    }

    /** Stores a number, converted as {@link Cast} converts a float64. */
    public static void write(ByteBuffer buffer, int index, DType type, double value) {
        switch (type) {
            case FLOAT16 -> buffer.putShort(2 * index, floatToHalf(value));
            case BFLOAT16 -> buffer.putShort(2 * index, floatToBfloat(value));
            case FLOAT32 -> buffer.putFloat(4 * index, (float) value);
            case FLOAT64 -> buffer.putDouble(8 * index, value);
            case INT8, UINT8, INT32 -> writeLong(buffer, index, type, (int) value);
            case INT64 -> buffer.putLong(8 * index, (long) value);
            case BOOL -> buffer.put(index, (byte) (value != 0 ? 1 : 0));
        }
    }

    /** Stores a whole number, wrapped to the width of an integer type. */
    public static void writeLong(ByteBuffer buffer, int index, DType type, long value) {
        switch (type) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> write(buffer, index, type, value);
            case INT8, UINT8 -> buffer.put(index, (byte) value);
            case INT32 -> buffer.putInt(4 * index, (int) value);
            case INT64 -> buffer.putLong(8 * index, value);
            case BOOL -> buffer.put(index, (byte) (value != 0 ? 1 : 0));
        }
    }

    /** The value of the bits of an IEEE binary16. */
    public static float halfToFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 31 ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The bits of the nearest IEEE binary16, ties to even; too large a number becomes infinite. */
    public static short floatToHalf(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        if (Double.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 65520) {
            return (short) (sign | 0x7c00);
        }
        int exponent = Math.max(Math.getExponent(magnitude), -14);
        int steps = (int) Math.rint(Math.scalb(magnitude, 10 - exponent));
        return (short) (sign | (exponent + 14 << 10) + steps);
    }

    /** The bits of the nearest bfloat16, ties to even. */
    public static short floatToBfloat(double value) {
        float rounded = (float) value;
        int bits = Float.floatToRawIntBits(rounded);
        if (Double.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        if (rounded != value) {
            bits = truncated(bits, rounded, value) | 1;
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** Towards zero, so that with a last bit of 1 for the rest a second rounding errs no more than a single one. */
    private static int truncated(int bits, float rounded, double value) {
        return Math.abs((double) rounded) > Math.abs(value) ? bits - 1 : bits;
    }
}
