package dev.keratin.io.hdf5;

/** The superblock, at the start of the file (section II.A). */
final class Superblock {
    private Superblock() {}

    /** The address of the root group's header, after a check that the file is whole. */
    static long rootAddress(Fields fields) throws H5Exception {
        int version = fields.u8(8);
        if (version > 3) {
            throw fields.unsupported(8, "a superblock of version " + version);
        }
        boolean old = version < 2;
        int sizes = old ? 13 : 9;
        if (fields.u8(sizes) != 8 || fields.u8(sizes + 1) != 8) {
            throw fields.unsupported(sizes, "addresses or lengths that aren't 8 bytes");
        }
        int base = old ? version == 1 ? 28 : 24 : 12;
        if (fields.i64(base) != 0) {
            throw fields.unsupported(base, "a block of other data before the HDF5 content");
        }
        int endAt = base + 16;
        requireWhole(fields, endAt);
        return fields.i64(base + (old ? 40 : 24));
    }

    private static void requireWhole(Fields fields, int endAt) throws H5Exception {
        long end = fields.i64(endAt);
        if (end < 0 || end > fields.size()) {
            throw fields.damaged(endAt, "a truncated file: " + fields.size() + " of "
                    + Long.toUnsignedString(end) + " bytes");
        }
    }
}
