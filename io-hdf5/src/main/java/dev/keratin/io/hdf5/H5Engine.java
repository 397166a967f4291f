package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The two implementations of HDF5.
 *
 * <p>The system property {@value #PROPERTY} ({@code java} or {@code native}) chooses for those who don't ask for one;
 * without it, {@link #JAVA}.
 */
public enum H5Engine {
    /**
     * Written in Java: the part of HDF5 that Keras and h5py use by default. Checks every address and size before it
     * trusts it, so a damaged or hostile file is an {@link H5Exception} and nothing else. Runs everywhere. Writes the
     * same bytes for the same content.
     *
     * <p>Not read: chunks in the layout that h5py writes only on request ({@code libver="latest"}), lzf and szip
     * compression.
     */
    JAVA {
        @Override
        public Optional<String> unusable() {
            return Optional.empty();
        }

        @Override
        ReadEngine reader(Path file) throws H5Exception {
            return new JavaReader(new Fields(file.toString(), FileSource.open(file)));
        }

        @Override
        ReadEngine reader(String name, ByteBuffer image) throws H5Exception {
            return new JavaReader(new Fields(name, new BufferSource(image)));
        }

        @Override
        WriteEngine writer(Path file) throws IOException {
            return new JavaWriter(file);
        }
    },

    /**
     * The HDF Group's library, all of HDF5 but for lzf and szip. For files that one trusts: a damaged one can crash or
     * hang the process. Linux, macOS and Windows on x86-64. Calls wait for each other across all files.
     */
    NATIVE {
        @Override
        public Optional<String> unusable() {
            return NativeLibrary.unusable();
        }

        @Override
        ReadEngine reader(Path file) throws H5Exception {
            return NativeReader.open(file);
        }

        @Override
        ReadEngine reader(String name, ByteBuffer image) throws H5Exception {
            return NativeReader.open(name, image);
        }

        @Override
        WriteEngine writer(Path file) throws IOException {
            return new NativeWriter(file);
        }
    };

    /** The system property that chooses an engine. */
    public static final String PROPERTY = "keratin.hdf5";

    /** The engine set by {@value #PROPERTY}, else {@link #JAVA}. */
    public static H5Engine chosen() {
        String name = System.getProperty(PROPERTY, "java");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "java" -> JAVA;
            case "native" -> NATIVE;
            default -> throw new IllegalArgumentException("HDF5: there must be an engine of the name set. Received: "
                    + PROPERTY + "=" + name + ". Set it to java or native.");
        };
    }

    /** Why this engine can't run here; empty if it can. */
    public abstract Optional<String> unusable();

    abstract ReadEngine reader(Path file) throws H5Exception;

    abstract ReadEngine reader(String name, ByteBuffer image) throws H5Exception;

    abstract WriteEngine writer(Path file) throws IOException;

    /** Opens a file for reading; missing, empty, no HDF5 or cut short are told apart in the message. */
    public H5Reader open(Path file) throws H5Exception {
        requireUsable();
        Signature.check(file);
        return new H5Reader(file.toString(), reader(file));
    }

    /**
     * Opens the image of a file in memory.
     *
     * @param name what messages call it: {@code model.weights.h5 in digits.keras}
     * @param image the bytes between position and limit; they must stay as they are while the reader is open
     */
    public H5Reader open(String name, ByteBuffer image) throws H5Exception {
        requireUsable();
        Signature.check(name, image);
        return new H5Reader(name, reader(name, image.slice()));
    }

    /**
     * Writes a file: all of it or nothing.
     *
     * @param target the file; one that exists is replaced when the new one is complete, and stays as it was otherwise
     * @param content what to write
     * @throws H5Exception when the disk refuses
     * @throws IOException what {@code content} throws
     */
    public void write(Path target, H5Content content) throws IOException {
        requireUsable();
        AtomicFile.write(target, file -> fill(target, file, content));
    }

    private void fill(Path target, Path file, H5Content content) throws IOException {
        try (WriteEngine engine = NamedFailures.of(target, () -> writer(file))) {
            H5Writer writer = new H5Writer(engine);
            content.writeTo(writer);
            writer.finish();
        }
    }

    private void requireUsable() {
        unusable().ifPresent(reason -> {
            throw new IllegalStateException("HDF5: the engine asked for must run here. Received: "
                    + name().toLowerCase(Locale.ROOT) + " (" + reason + "). Use -D" + PROPERTY + "=java.");
        });
    }
}
