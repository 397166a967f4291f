package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/**
 * Files that are written whole or not at all.
 *
 * <p>The content goes to a temporary file in the target's directory, is forced to the disk, and takes the target's name
 * in one step. Until then the target stays as it was, and a failure leaves no temporary file behind.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file that exists and is empty. */
    @FunctionalInterface
    public interface Body {
        /** Writes into {@code file}; whatever it throws gives the file up. */
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes {@code target}.
     *
     * @param target the file to make or replace; its directory must exist. A symbolic link is followed, and the
     *     permissions of an old file are kept
     * @param body writes the content
     * @throws H5Exception when the directory or the disk refuses
     * @throws IOException what {@code body} throws
     */
    public static void write(Path target, Body body) throws IOException {
        Path file = destination(target);
        Path temporary = temporary(target, file);
        try {
            body.writeTo(temporary);
            try {
                publish(temporary, file);
            } catch (IOException e) {
                throw failure(target, e);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path destination(Path target) throws H5Exception {
        try {
            Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.isDirectory(file)) {
                throw refusal(target, "must be a file", "a directory", "Name a file inside it");
            }
            if (!Files.isDirectory(file.getParent())) {
                throw refusal(target, "must lie in a directory that exists", "no directory " + file.getParent(),
                        "Make the directory first");
            }
            if (Files.exists(file) && !Files.isWritable(file)) {
                throw refusal(target, "must be writable", "a read-only file", "Change its permissions or the name");
            }
            return file;
        } catch (H5Exception e) {
            throw e;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private static Path temporary(Path target, Path file) throws H5Exception {
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            return Files.createFile(temporary);
        } catch (FileAlreadyExistsException e) {
            return temporary(target, file);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private static void publish(Path temporary, Path file) throws IOException {
        keepPermissions(temporary, file);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void keepPermissions(Path temporary, Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && Files.exists(file)) {
            Files.setPosixFilePermissions(temporary, view.readAttributes().permissions());
        }
    }

    private static H5Exception refusal(Path target, String required, String received, String wayOut) {
        return new H5Exception(H5Exception.file(target), "the file to write " + required, received, wayOut);
    }

    /**
     * The failure to throw when a disk refuses a part of what {@code target} was to become: it names the target, and says
     * that the old file stands.
     */
    public static H5Exception failure(Path target, IOException cause) {
        String old = Files.exists(target) ? "The file is as it was before" : "No file was made";
        return new H5Exception(H5Exception.file(target), "the disk must take the whole file", H5Exception.words(cause),
                old + "; make room or get write permission, or choose another place", cause);
    }
}
