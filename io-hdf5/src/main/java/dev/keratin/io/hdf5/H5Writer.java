package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An HDF5 file being written.
 *
 * <p>Objects are named by path from the root, with or without a leading slash; groups on the way are made as needed.
 * Datasets are stored contiguously and uncompressed, as Keras does, and go to the disk as they come. The same calls give
 * the same bytes on every run. Writers are handed out by {@link #write} and by {@link H5Engine#write}; one thread uses one.
 *
 * <p>Wrong use is an {@link IllegalArgumentException}; a disk that refuses is an {@link IOException}.
 */
public final class H5Writer {
    private final WriteEngine engine;
    private final Map<String, Boolean> isGroup = new HashMap<>(Map.of("", true));
    private final Set<List<String>> attributes = new HashSet<>();
    private boolean finished;

    H5Writer(WriteEngine engine) {
        this.engine = engine;
    }

    /**
     * Writes a file with the engine that is set, {@link H5Engine#chosen()}: all of it or nothing.
     *
     * @param target the file; one that exists is replaced when the new one is complete, and stays as it was otherwise
     * @param content what to write
     * @throws H5Exception when the disk refuses
     * @throws IOException what {@code content} throws
     */
    public static void write(Path target, H5Content content) throws IOException {
        H5Engine.chosen().write(target, content);
    }

    /** Makes a group, and those around it; one that exists stays. */
    public void group(String path) throws IOException {
        ensureGroup(normal(path));
    }

    /**
     * Writes a dataset of numbers.
     *
     * @param path its place; nothing may stand there
     * @param type the element type, not {@link H5Type#STRING}
     * @param shape the length of each axis; empty for a scalar
     * @param data the remaining bytes are the elements, little-endian, in row-major order; position and limit stay
     */
    public void dataset(String path, H5Type type, long[] shape, ByteBuffer data) throws IOException {
        H5Dataset dataset = numeric(path, type, shape);
        if (data.remaining() != dataset.byteSize()) {
            throw refusal(dataset, "the data must be " + dataset.byteSize() + " bytes", data.remaining() + " bytes");
        }
        create(dataset, () -> engine.dataset(dataset, List.of(data.duplicate())));
    }

    /**
     * As the other {@code dataset}, with the bytes in pieces, as datasets need that are larger than a buffer can be.
     *
     * @param pieces each of whole elements, together the whole; asked for one after the other while the file is written
     */
    public void dataset(String path, H5Type type, long[] shape, Iterable<ByteBuffer> pieces) throws IOException {
        H5Dataset dataset = numeric(path, type, shape);
        create(dataset, () -> engine.dataset(dataset, new CountedPieces(dataset, pieces)));
    }

    /** Writes a dataset of strings, of variable length and in UTF-8. */
    public void strings(String path, long[] shape, List<String> values) throws IOException {
        H5Dataset dataset = new H5Dataset(normal(path), H5Type.STRING, Dims.list(shape));
        if (values.size() != dataset.elements()) {
            throw refusal(dataset, "there must be one string per element", values.size() + " strings");
        }
        create(dataset, () -> engine.strings(dataset, values));
    }

    /**
     * Gives an attribute to a group or dataset that exists.
     *
     * @param path the group or dataset; the empty path is the root
     * @param name a name that this object has not got yet
     * @param value at most 64,512 bytes, where strings of variable length count 16 bytes each
     */
    public void attribute(String path, String name, H5Attribute value) throws IOException {
        String object = normal(path);
        requireNew(object, name);
        int size = AttributeSize.of(value);
        if (size > AttributeSize.MAX) {
            throw new IllegalArgumentException(where(object) + ": an attribute must have at most " + AttributeSize.MAX
                    + " bytes. Received: \"" + name + "\" of " + size + ". Split it with SplitAttribute.");
        }
        engine.attribute(object, name, value);
        attributes.add(List.of(object, name));
    }

    private void requireNew(String object, String name) {
        if (!isGroup.containsKey(object)) {
            throw new IllegalArgumentException(where(object) + ": attributes need a group or dataset that exists. "
                    + "Received: \"" + name + "\" for nothing. Make the object first.");
        }
        if (name.isEmpty() || name.indexOf('\0') >= 0 || H5Path.utf8(name).length > 1000
                || attributes.contains(List.of(object, name))) {
            throw new IllegalArgumentException(where(object) + ": an attribute's name must be new, 1 to 1000 bytes, "
                    + "without NUL. Received: \"" + name + "\". Choose another.");
        }
    }

    /** Ends the use of this writer. */
    void finish() throws IOException {
        finished = true;
        engine.finish();
    }

    private H5Dataset numeric(String path, H5Type type, long[] shape) {
        H5Dataset dataset = new H5Dataset(normal(path), type, Dims.list(shape));
        if (type == H5Type.STRING) {
            throw refusal(dataset, "the elements must be numbers", "strings");
        }
        return dataset;
    }

    private void create(H5Dataset dataset, Step write) throws IOException {
        if (isGroup.containsKey(dataset.path())) {
            throw refusal(dataset, "nothing may stand there yet", "a second object");
        }
        ensureGroup(H5Path.parent(dataset.path()));
        write.run();
        isGroup.put(dataset.path(), false);
        if (dataset.type() == H5Type.BFLOAT16) {
            attribute(dataset.path(), "dtype", H5Attribute.utf8("bfloat16"));
        }
    }

    private void ensureGroup(String path) throws IOException {
        Boolean known = isGroup.get(path);
        if (known == null) {
            ensureGroup(H5Path.parent(path));
            engine.group(path);
            isGroup.put(path, true);
        } else if (!known) {
            throw new IllegalArgumentException(where(path) + ": it must be a group to hold something. Received: "
                    + "a dataset. Choose another path.");
        }
    }

    private String normal(String path) {
        if (finished) {
            throw new IllegalStateException(where(path) + ": the file must be in the making. Received: a call after "
                    + "its end. Write within the H5Content only.");
        }
        return H5Path.normal(path);
    }

    private static String where(String path) {
        return "H5Writer " + H5Path.show(path);
    }

    private static IllegalArgumentException refusal(H5Dataset dataset, String required, String received) {
        return new IllegalArgumentException(where(dataset.path()) + ": " + required + ". Received: " + received
                + " for " + dataset + ". Check path, type and shape.");
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
