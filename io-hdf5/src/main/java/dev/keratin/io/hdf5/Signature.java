package dev.keratin.io.hdf5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** Tells what is wrong with a file that isn't HDF5 at all, before an engine looks at it. */
final class Signature {
    /** The first eight bytes of every HDF5 file, {@code 89 48 44 46 0d 0a 1a 0a}, as a little-endian number. */
    static final long VALUE = 0x0a1a0a0d46444889L;

    private static final int ZIP = 0x04034b50;

    private Signature() {}

    static void check(Path file) throws H5Exception {
        if (!Files.exists(file)) {
            throw refusal(file.toString(), "must exist", "no such file", "Check the path; relative ones start at "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw refusal(file.toString(), "must be a file", "a directory", "Name a file inside it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            check(file.toString(), in.readNBytes(8));
        } catch (H5Exception e) {
            throw e;
        } catch (IOException e) {
            throw new H5Exception(H5Exception.file(file), "the file must be readable", H5Exception.words(e),
                    "Check its permissions and the disk", e);
        }
    }

    static void check(String name, ByteBuffer image) throws H5Exception {
        byte[] start = new byte[Math.min(8, image.remaining())];
        image.duplicate().get(start);
        check(name, start);
    }

    private static void check(String name, byte[] start) throws H5Exception {
        if (start.length == 0) {
            throw refusal(name, "must be HDF5", "an empty file", "It may be the trace of a failed save or download");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(start, 8)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) == ZIP) {
            throw refusal(name, "must be HDF5", "a zip archive", "It may be a .keras file: give it that ending");
        }
        if (bytes.getLong(0) != VALUE) {
            String hex = HexFormat.ofDelimiter(" ").formatHex(start);
            throw refusal(name, "must be HDF5, which starts with 89 48 44 46 0d 0a 1a 0a", "a file that starts with " + hex,
                    "Check that it is the right file and was downloaded as binary data");
        }
    }

    private static H5Exception refusal(String name, String required, String received, String wayOut) {
        return new H5Exception(H5Exception.file(name), "the file " + required, received, wayOut);
    }
}
