package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file, wherever they are. */
interface ByteSource extends AutoCloseable {
    long size();

    /** Fills {@code target} from byte {@code at} on; the range lies within {@link #size()}. */
    void read(long at, ByteBuffer target) throws IOException;

    @Override
    void close();
}
