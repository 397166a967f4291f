package dev.keratin.io.hdf5;

import org.jspecify.annotations.Nullable;

/**
 * Where the bits of a floating-point number are; the mantissa starts at bit 0 and its leading 1 is implied.
 *
 * @param size in bytes
 * @param exponentAt the exponent's lowest bit
 * @param exponentBits the exponent's length
 * @param mantissaBits the mantissa's length
 * @param bias what the exponent is raised by
 */
record FloatLayout(int size, int exponentAt, int exponentBits, int mantissaBits, long bias) {
    static FloatLayout of(H5Type type) {
        return switch (type) {
            case FLOAT16 -> new FloatLayout(2, 10, 5, 10, 15);
            case BFLOAT16 -> new FloatLayout(2, 7, 8, 7, 127);
            case FLOAT32 -> new FloatLayout(4, 23, 8, 23, 127);
            case FLOAT64 -> new FloatLayout(8, 52, 11, 52, 1023);
            default -> throw new IllegalArgumentException("FloatLayout: the type must be floating point. Received: "
                    + type + ". Ask isFloat() first.");
        };
    }

    /** The type with this layout, or null. */
    @Nullable H5Type type() {
        for (H5Type type : H5Type.values()) {
            if (type.isFloat() && equals(of(type))) {
                return type;
            }
        }
        return null;
    }
}
