package dev.keratin.io.hdf5;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The element types that Keras files hold.
 *
 * <p>Numbers cross {@link H5Reader} and {@link H5Writer} as little-endian bytes, whatever order the file has.
 */
public enum H5Type {
    /** IEEE 754 half precision. */
    FLOAT16(2),
    /**
     * The upper half of a {@link #FLOAT32}. Keras stores it as opaque two-byte elements with the dataset attribute
     * {@code dtype = "bfloat16"}; the writer adds that attribute by itself.
     */
    BFLOAT16(2),
    /** IEEE 754 single precision. */
    FLOAT32(4),
    /** IEEE 754 double precision. */
    FLOAT64(8),
    /** Signed 8-bit integer. */
    INT8(1),
    /** Signed 16-bit integer. */
    INT16(2),
    /** Signed 32-bit integer. */
    INT32(4),
    /** Signed 64-bit integer. */
    INT64(8),
    /** Unsigned 8-bit integer. */
    UINT8(1),
    /** Unsigned 16-bit integer. */
    UINT16(2),
    /** Unsigned 32-bit integer. */
    UINT32(4),
    /** Unsigned 64-bit integer. */
    UINT64(8),
    /** One byte, 0 or 1; in the file h5py's enumeration {@code FALSE, TRUE} over {@link #INT8}. */
    BOOL(1),
    /** Text, of fixed or variable length in the file; read and written as {@link String}, never as bytes. */
    STRING(0);

    private final int size;

    H5Type(int size) {
        this.size = size;
    }

    /** Bytes per element; 0 for {@link #STRING}. */
    public int size() {
        return size;
    }

    /** Whether elements are floating-point numbers. */
    public boolean isFloat() {
        return ordinal() <= FLOAT64.ordinal();
    }

    /** Whether elements are integers, signed or not; {@link #BOOL} is not. */
    public boolean isInteger() {
        return INT8.ordinal() <= ordinal() && ordinal() <= UINT64.ordinal();
    }

    /** Whether elements are signed integers. */
    boolean isSigned() {
        return INT8.ordinal() <= ordinal() && ordinal() <= INT64.ordinal();
    }

    /** The integer type of {@code size} bytes, or null if there is none. */
    static @Nullable H5Type integer(int size, boolean signed) {
        for (H5Type type : values()) {
            if (type.isInteger() && type.size == size && type.isSigned() == signed) {
                return type;
            }
        }
        return null;
    }

    /** The lower-case name, as NumPy spells it: {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
