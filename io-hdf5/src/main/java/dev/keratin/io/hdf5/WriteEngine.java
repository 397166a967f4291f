package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A file in the making as {@link H5Writer} needs it.
 *
 * <p>Paths come without leading, trailing or double slashes; parents exist, the object itself doesn't yet, and data and
 * shapes agree. Failures come as {@link IOException} in the words of the library or the system.
 */
interface WriteEngine extends AutoCloseable {
    void group(String path) throws IOException;

    void dataset(H5Dataset dataset, Iterable<ByteBuffer> pieces) throws IOException;

    void strings(H5Dataset dataset, List<String> values) throws IOException;

    void attribute(String path, String name, H5Attribute value) throws IOException;

    /** Completes the file. */
    void finish() throws IOException;

    /** Lets go of the file, complete or not. */
    @Override
    void close() throws IOException;
}
