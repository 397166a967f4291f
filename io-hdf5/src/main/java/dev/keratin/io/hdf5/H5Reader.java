package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ReadEngine.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An HDF5 file open for reading.
 *
 * <p>Objects are named by path from the root, with or without a leading slash: {@code layers/dense/vars/0}. The root is
 * the empty path. Names are read when asked for and data only by {@code read}, so opening is quick whatever the size.
 * Whoever opens a reader closes it. Threads may share one; calls wait for each other.
 *
 * <p>Every flaw of a file is an {@link H5Exception}, as is asking for what the file lacks. Soft and external links,
 * external and virtual storage are refused, as Keras does, and so is a link from a group to one of the groups around it.
 */
public final class H5Reader implements AutoCloseable {
    private final String source;
    private final ReadEngine engine;
    private boolean closed;

    H5Reader(String source, ReadEngine engine) {
        this.source = source;
        this.engine = engine;
    }

    /** Opens a file with the engine that is set, {@link H5Engine#chosen()}. */
    public static H5Reader open(Path file) throws H5Exception {
        return H5Engine.chosen().open(file);
    }

    /** The name that the file was opened under, for messages. */
    public String source() {
        return source;
    }

    /** The names in a group, in ascending order of their UTF-8 bytes: {@code "0", "1", "10", "2"}. */
    public synchronized List<String> names(String group) throws H5Exception {
        return engine.names(existing(group, Kind.GROUP));
    }

    /** Whether there is a group at {@code path}. */
    public synchronized boolean isGroup(String path) throws H5Exception {
        return engine.kind(normal(path)) == Kind.GROUP;
    }

    /** Whether there is a dataset at {@code path}. */
    public synchronized boolean isDataset(String path) throws H5Exception {
        return engine.kind(normal(path)) == Kind.DATASET;
    }

    /** Type and shape of a dataset. Its declared size has been checked against the size of the file. */
    public synchronized H5Dataset dataset(String path) throws H5Exception {
        return engine.dataset(existing(path, Kind.DATASET));
    }

    /**
     * Reads a whole dataset of numbers.
     *
     * @param path the dataset
     * @param target takes the elements, little-endian, in row-major order; its remaining bytes must be
     *     {@link H5Dataset#byteSize()}, and its position moves to its limit. A direct buffer is filled without a copy
     */
    public synchronized void read(String path, ByteBuffer target) throws H5Exception {
        H5Dataset dataset = numeric(path);
        if (target.remaining() != dataset.byteSize()) {
            throw unfit(dataset, "the buffer must take its " + dataset.byteSize() + " bytes", target);
        }
        fill(dataset, 0, target);
    }

    /**
     * Reads part of a dataset of numbers, as one must when it is larger than a buffer can be.
     *
     * @param path the dataset
     * @param first the index of the first element in row-major order
     * @param target takes as many elements as it has room for; its remaining bytes must be whole elements
     */
    public synchronized void read(String path, long first, ByteBuffer target) throws H5Exception {
        H5Dataset dataset = numeric(path);
        int size = dataset.type().size();
        if (first < 0 || target.remaining() % size != 0 || target.remaining() / size > dataset.elements() - first) {
            throw unfit(dataset, "elements from " + first + " on must be whole and within the dataset", target);
        }
        fill(dataset, first, target);
    }

    /** Reads a whole dataset of numbers into a new little-endian buffer on the heap; at most 2 GB. */
    public synchronized ByteBuffer read(String path) throws H5Exception {
        H5Dataset dataset = numeric(path);
        if (dataset.byteSize() > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(who() + ": a dataset read at once must be under 2 GB. Received: "
                    + H5Path.show(path) + ", " + dataset + ". Read it in parts.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) dataset.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        fill(dataset, 0, bytes);
        return bytes.flip();
    }

    private void fill(H5Dataset dataset, long first, ByteBuffer target) throws H5Exception {
        if (target.hasRemaining()) {
            engine.read(dataset, first, target);
        }
    }

    /** The elements of a dataset of strings in row-major order. */
    public synchronized List<String> strings(String path) throws H5Exception {
        H5Dataset dataset = engine.dataset(existing(path, Kind.DATASET));
        if (dataset.type() != H5Type.STRING) {
            throw wrong(dataset, "must hold strings");
        }
        return engine.strings(dataset);
    }

    /** The names of the attributes of a group or dataset, in ascending order of their UTF-8 bytes. */
    public synchronized List<String> attributeNames(String path) throws H5Exception {
        return engine.attributeNames(existing(path));
    }

    /** The value of an attribute of a group or dataset; nothing if there is none of that name. */
    public synchronized Optional<H5Attribute> attribute(String path, String name) throws H5Exception {
        return Optional.ofNullable(engine.attribute(existing(path), name));
    }

    /** Closes the file; further use throws {@link IllegalStateException}. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            engine.close();
        }
    }

    private H5Dataset numeric(String path) throws H5Exception {
        H5Dataset dataset = engine.dataset(existing(path, Kind.DATASET));
        if (dataset.type() == H5Type.STRING) {
            throw wrong(dataset, "must hold numbers");
        }
        return dataset;
    }

    private String existing(String path) throws H5Exception {
        String normal = normal(path);
        Kind kind = engine.kind(normal);
        if (kind != Kind.GROUP && kind != Kind.DATASET) {
            throw lacking(normal, "a group or dataset", kind);
        }
        return normal;
    }

    private String existing(String path, Kind wanted) throws H5Exception {
        String normal = normal(path);
        Kind kind = engine.kind(normal);
        if (kind != wanted) {
            throw lacking(normal, wanted.words, kind);
        }
        return normal;
    }

    private String normal(String path) throws H5Exception {
        if (closed) {
            throw new IllegalStateException(who() + ": the reader must be open. Received: a call after close(). "
                    + "Open the file again.");
        }
        if (H5Path.parts(path).size() > H5Path.MAX_DEPTH) {
            throw new H5Exception(who(), "groups must be nested at most " + H5Path.MAX_DEPTH + " deep",
                    H5Path.parts(path).size() + " levels", "Keras writes no such file; check where it comes from");
        }
        return H5Path.normal(path);
    }

    private H5Exception lacking(String path, String wanted, Kind found) throws H5Exception {
        String parent = H5Path.parent(path);
        String advice = "Check that the file is for this model";
        if (!path.isEmpty() && engine.kind(parent) == Kind.GROUP) {
            List<String> names = engine.names(parent);
            advice = "The group " + H5Path.show(parent) + " holds " + names.subList(0, Math.min(10, names.size()))
                    + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : "");
        }
        return new H5Exception(who(), H5Path.show(path) + " must be " + wanted, found.words, advice);
    }

    private H5Exception wrong(H5Dataset dataset, String required) {
        return new H5Exception(who(), H5Path.show(dataset.path()) + " " + required, dataset.toString(),
                "Check that the file is for this model");
    }

    private IllegalArgumentException unfit(H5Dataset dataset, String required, ByteBuffer target) {
        return new IllegalArgumentException(who() + ", " + H5Path.show(dataset.path()) + ": " + required
                + ". Received: a buffer with room for " + target.remaining() + " bytes, the dataset is " + dataset
                + ". Size the buffer by dataset(path).");
    }

    private String who() {
        return H5Exception.file(source);
    }
}
