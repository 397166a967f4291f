package dev.keratin.io.hdf5;

import java.nio.ByteBuffer;

/** Elements in one piece of the file. */
record Contiguous(Fields fields, long address) implements Storage {
    @Override
    public void read(long from, ByteBuffer target) throws H5Exception {
        fields.read(address + from, target);
    }
}
