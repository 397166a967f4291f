package dev.keratin.io.hdf5;

import java.nio.ByteBuffer;

/** The image of a file in memory. */
record BufferSource(ByteBuffer image) implements ByteSource {
    @Override
    public long size() {
        return image.limit();
    }

    @Override
    public void read(long at, ByteBuffer target) {
        target.put(image.slice((int) at, target.remaining()));
    }

    @Override
    public void close() {
        // The memory is the caller's.
    }
}
