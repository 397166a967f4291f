package dev.keratin.backend;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The element type of a tensor. Elements are stored little-endian and dense; {@link #BOOL} takes one byte, 0 or 1. */
public enum DType {
    /** IEEE 754 binary16. */
    FLOAT16(2),
    /** The upper half of a {@link #FLOAT32}: 8 exponent bits, 7 fraction bits. */
    BFLOAT16(2),
    /** IEEE 754 binary32. */
    FLOAT32(4),
    /** IEEE 754 binary64. */
    FLOAT64(8),
    /** Signed, 8 bits, wraps around. */
    INT8(1),
    /** Unsigned, 8 bits, wraps around. */
    UINT8(1),
    /** Signed, 32 bits, wraps around. */
    INT32(4),
    /** Signed, 64 bits, wraps around. */
    INT64(8),
    /** Truth value. */
    BOOL(1);

    private final int byteSize;

    DType(int byteSize) {
        this.byteSize = byteSize;
    }

    /** Bytes per element. */
    public int byteSize() {
        return byteSize;
    }

    /** Whether this is float16, bfloat16, float32 or float64. */
    public boolean isFloating() {
        return this == FLOAT16 || this == BFLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    /** Whether this is int8, uint8, int32 or int64. */
    public boolean isInteger() {
        return this == INT8 || this == UINT8 || this == INT32 || this == INT64;
    }

    /** The Keras name, such as {@code "float32"}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type with the given Keras name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static DType of(String name) {
        for (DType type : values()) {
            if (type.toString().equals(name)) {
                return type;
            }
        }
        String known = Arrays.stream(values()).map(DType::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "DType: a name of an element type is required. Received: \"" + name + "\". Known: " + known + ".");
    }
}
