package dev.keratin.io.hdf5;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset holds: where it stands in the file, its element type and its shape.
 *
 * @param path the path from the root, without a leading slash: {@code layers/dense/vars/0}
 * @param type the element type
 * @param shape the length of each axis, outermost first; empty for a scalar. A dataset without a value (h5py's
 *     {@code Empty}) has shape {@code [0]}
 */
public record H5Dataset(String path, H5Type type, List<Long> shape) {
    /** Copies the shape and checks that the size in bytes is a {@code long}. */
    public H5Dataset {
        shape = List.copyOf(shape);
        Dims.bytes(shape, type.size());
    }

    /** The number of elements; 1 for a scalar. */
    public long elements() {
        return Dims.elements(shape);
    }

    /** The number of bytes that {@link H5Reader#read(String, java.nio.ByteBuffer)} gives; 0 for strings. */
    public long byteSize() {
        return Dims.bytes(shape, type.size());
    }

    /** The shape as an array of its own. */
    public long[] dims() {
        return Dims.array(shape);
    }

    /** Whether the attribute {@code dtype} of opaque elements says that they are {@link H5Type#BFLOAT16}. */
    static boolean isBfloat16(@Nullable H5Attribute dtype) {
        return dtype != null && dtype.values().equals(List.of("bfloat16"));
    }

    /** Type and shape: {@code float32[3, 4]}. */
    @Override
    public String toString() {
        return type + shape.toString();
    }
}
