package dev.keratin.io.hdf5;

import java.util.ArrayList;
import java.util.List;

/** The dataspace message: a shape (section IV.A.2.b). */
final class Dataspace {
    private static final int MAX_RANK = 32;
    private static final int NULL = 2;

    private Dataspace() {}

    /** The shape; {@code [0]} for a null space. */
    static List<Long> read(Fields fields, long at) throws H5Exception {
        int version = fields.u8(at);
        int rank = fields.u8(at + 1);
        if (version != 1 && version != 2) {
            throw fields.unsupported(at, "a dataspace of version " + version);
        }
        if (version == 2 && fields.u8(at + 3) == NULL) {
            return List.of(0L);
        }
        if (rank > MAX_RANK) {
            throw fields.damaged(at, "a shape of rank " + rank);
        }
        return lengths(fields, at + (version == 1 ? 8 : 4), rank);
    }

    private static List<Long> lengths(Fields fields, long at, int rank) throws H5Exception {
        List<Long> shape = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            long length = fields.i64(at + 8L * i);
            if (length < 0) {
                throw fields.damaged(at, "an axis of length " + Long.toUnsignedString(length));
            }
            shape.add(length);
        }
        return shape;
    }

    /** The number of elements, after a check that they could be in this file at {@code size} bytes each. */
    static long elements(Fields fields, long at, List<Long> shape, int size) throws H5Exception {
        long bytes;
        try {
            bytes = Dims.bytes(shape, size);
        } catch (IllegalArgumentException e) {
            throw fields.damaged(at, "a shape of 2^63 bytes or more, " + shape);
        }
        if (bytes > fields.expansionLimit()) {
            throw fields.damaged(at, "a shape " + shape + " of " + bytes + " bytes in a file of " + fields.size());
        }
        return bytes / size;
    }
}
