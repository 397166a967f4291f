package dev.keratin.io.hdf5;

import java.nio.ByteBuffer;

/** Where the elements of a dataset are, in the file's own order of bytes. */
interface Storage {
    /** Fills {@code target} with the bytes from {@code from} on, counted over all elements in row-major order. */
    void read(long from, ByteBuffer target) throws H5Exception;
}
