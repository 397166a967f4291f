package dev.keratin.io.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Single numbers of attributes, and the order of bytes. */
final class Numbers {
    private static final float HALF_SUBNORMAL = 0x1p-24f;

    private Numbers() {}

    /** The element at byte {@code at}: {@link Boolean}, {@link Long} or {@link Double}. */
    static Object get(H5Type type, ByteBuffer bytes, int at) {
        return switch (type) {
            case FLOAT16 -> (double) half(bytes.getShort(at));
            case BFLOAT16 -> (double) Float.intBitsToFloat(bytes.getShort(at) << 16);
            case FLOAT32 -> (double) bytes.getFloat(at);
            case FLOAT64 -> bytes.getDouble(at);
            case INT8 -> (long) bytes.get(at);
            case INT16 -> (long) bytes.getShort(at);
            case INT32 -> (long) bytes.getInt(at);
            case INT64, UINT64 -> bytes.getLong(at);
            case UINT8 -> (long) (bytes.get(at) & 0xff);
            case UINT16 -> (long) (bytes.getShort(at) & 0xffff);
            case UINT32 -> bytes.getInt(at) & 0xffffffffL;
            case BOOL -> bytes.get(at) != 0;
            case STRING -> throw new AssertionError("strings are no numbers");
        };
    }

    /** Appends an element, the inverse of {@link #get}; half precision is beyond attributes. */
    static void put(H5Type type, ByteBuffer bytes, Object value) {
        switch (type) {
            case FLOAT32 -> bytes.putFloat((float) (double) (Double) value);
            case FLOAT64 -> bytes.putDouble((Double) value);
            case INT8, UINT8 -> bytes.put((byte) (long) (Long) value);
            case INT16, UINT16 -> bytes.putShort((short) (long) (Long) value);
            case INT32, UINT32 -> bytes.putInt((int) (long) (Long) value);
            case INT64, UINT64 -> bytes.putLong((Long) value);
            case BOOL -> bytes.put((byte) ((Boolean) value ? 1 : 0));
            default -> throw new IllegalArgumentException("H5Attribute: numbers must be integers, float32, float64 or "
                    + "bool. Received: " + type + ". Widen to float32.");
        }
    }

    private static float half(short bits) {
        int exponent = bits >> 10 & 31;
        int mantissa = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> mantissa * HALF_SUBNORMAL;
            case 31 -> mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 112 << 23 | mantissa << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }

    /** Reverses the bytes of each element between {@code from} and the buffer's position. */
    static void swap(ByteBuffer bytes, int from, int size) {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        ByteBuffer out = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at < bytes.position(); at += size) {
            switch (size) {
                case 2 -> out.putShort(at, in.getShort(at));
                case 4 -> out.putInt(at, in.getInt(at));
                case 8 -> out.putLong(at, in.getLong(at));
                default -> {
                    return;
                }
            }
        }
    }
}
