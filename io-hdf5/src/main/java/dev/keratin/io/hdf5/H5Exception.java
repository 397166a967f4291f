package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file that cannot be read or written: missing, damaged, of an unsupported kind, lacking what was asked for, or
 * on a disk that refuses.
 *
 * <p>The message names the file, says what is required, what was found and what to do.
 */
public final class H5Exception extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Composes {@code <who>: <required>. Received: <received>. <way out>.}
     *
     * @param who the file, as {@link #file} puts it
     * @param required what must hold, without a full stop
     * @param received what was found, without a full stop
     * @param wayOut what the reader of the message can do, without a full stop
     */
    public H5Exception(String who, String required, String received, String wayOut) {
        this(who, required, received, wayOut, null);
    }

    /** As {@link #H5Exception(String, String, String, String)}, with the failure that led to this one. */
    public H5Exception(String who, String required, String received, String wayOut, @Nullable Throwable cause) {
        super(who + ": " + required + ". Received: " + received + ". " + wayOut + ".", cause);
    }

    /** How messages name a file: {@code File "models/digits.h5"}. */
    public static String file(Path path) {
        return file(path.toString());
    }

    /** How messages name a file or, for an image in memory, what it was called on opening. */
    static String file(String name) {
        return "File \"" + name + "\"";
    }

    /** The cause's own words, for the "Received" part: its kind where it says nothing more. */
    public static String words(Throwable cause) {
        String message = cause.getMessage();
        String kind = cause.getClass().getSimpleName();
        return message == null || message.isBlank() ? kind : kind + ", " + message.strip();
    }
}
