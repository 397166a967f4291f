package dev.keratin.io.hdf5;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open file as {@link H5Reader} needs it.
 *
 * <p>Paths come without leading, trailing or double slashes, the empty path being the root. {@link #kind} takes any such
 * path; the other methods take paths of the right kind only. Calls come one at a time.
 */
interface ReadEngine extends AutoCloseable {
    /** What a path leads to. */
    enum Kind {
        GROUP("a group"),
        DATASET("a dataset"),
        OTHER("an object that is neither group nor dataset"),
        MISSING("nothing");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What stands at {@code path}; a link that is not a hard link, or leads back to its own group, is refused. */
    Kind kind(String path) throws H5Exception;

    /** The names in a group, in ascending order of their UTF-8 bytes. */
    List<String> names(String group) throws H5Exception;

    H5Dataset dataset(String path) throws H5Exception;

    /** Fills {@code target} with elements from number {@code first} on; the range lies within the dataset. */
    void read(H5Dataset dataset, long first, ByteBuffer target) throws H5Exception;

    /** The elements of a dataset of strings. */
    List<String> strings(H5Dataset dataset) throws H5Exception;

    /** The names of an object's attributes, in ascending order of their UTF-8 bytes. */
    List<String> attributeNames(String path) throws H5Exception;

    @Nullable H5Attribute attribute(String path, String name) throws H5Exception;

    @Override
    void close();
}
