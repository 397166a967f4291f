package dev.keratin.io.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file on disk, read at positions.
 *
 * <p>Not mapped: a mapping keeps Windows from replacing the file, and turns a file that is cut short meanwhile into a
 * fault.
 */
record FileSource(FileChannel channel, long size) implements ByteSource {
    /** The JDK copies heap buffers through direct ones of the same size, which it keeps: so not too much at once. */
    private static final int WINDOW = 1 << 20;

    static FileSource open(Path file) throws H5Exception {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new FileSource(channel, channel.size());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new H5Exception(H5Exception.file(file), "the file must be readable", H5Exception.words(e),
                    "Check its permissions and the disk", e);
        }
    }

    @Override
    public void read(long at, ByteBuffer target) throws IOException {
        int end = target.limit();
        long position = at;
        while (target.position() < end) {
            target.limit(target.isDirect() ? end : Math.min(end, target.position() + WINDOW));
            int count = channel.read(target, position);
            target.limit(end);
            if (count < 0) {
                throw new EOFException("the file has become shorter since it was opened");
            }
            position += count;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
