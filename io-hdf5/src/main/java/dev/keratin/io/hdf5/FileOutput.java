package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows by blocks, each starting at a multiple of 8 bytes. */
final class FileOutput implements AutoCloseable {
    /** The JDK copies heap buffers through direct ones of the same size, which it keeps: so not too much at once. */
    private static final int WINDOW = 1 << 20;

    private final FileChannel channel;
    private long end;

    FileOutput(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Sets a block aside and gives its address. */
    long reserve(long length) {
        long at = end;
        end += (length + 7) / 8 * 8;
        return at;
    }

    /** Sets a block aside, writes it, and gives its address. */
    long append(ByteBuffer block) throws IOException {
        long at = reserve(block.remaining());
        write(at, block);
        return at;
    }

    /** Writes what remains in {@code bytes} into a block set aside. */
    void write(long at, ByteBuffer bytes) throws IOException {
        int limit = bytes.limit();
        long position = at;
        while (bytes.position() < limit) {
            bytes.limit(bytes.isDirect() ? limit : Math.min(limit, bytes.position() + WINDOW));
            position += channel.write(bytes, position);
            bytes.limit(limit);
        }
    }

    long end() {
        return end;
    }

    /** Makes the file as long as its blocks are. */
    void fill() throws IOException {
        if (channel.size() < end) {
            write(end - 1, ByteBuffer.allocate(1));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
