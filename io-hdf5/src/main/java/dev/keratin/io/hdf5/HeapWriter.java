package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts strings of variable length into global heap collections (section III.E). */
final class HeapWriter {
    private static final int MIN_COLLECTION = 4096;
    private static final int HEADER = 16;
    private static final int MAX_INDEX = 60000;

    private final FileOutput output;
    private ByteBuffer collection = ByteBuffer.allocate(0);
    private long address;
    private int index;

    HeapWriter(FileOutput output) {
        this.output = output;
    }

    /** Stores a string and appends its length and place to {@code references}. */
    void put(String text, ByteBuffer references) throws IOException {
        byte[] bytes = H5Path.utf8(text);
        references.putInt(bytes.length);
        if (bytes.length == 0) {
            references.putLong(0).putInt(0);
            return;
        }
        int length = HEADER + (bytes.length + 7) / 8 * 8;
        if (collection.remaining() < length + HEADER || index == MAX_INDEX) {
            flush();
            start(Math.max(MIN_COLLECTION, HEADER + length + HEADER));
        }
        int next = collection.position() + length;
        collection.putShort((short) ++index).putShort((short) 0).putInt(0).putLong(bytes.length).put(bytes);
        collection.position(next);
        references.putLong(address).putInt(index);
    }

    private void start(int size) {
        collection = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        collection.put(Messages.letters("GCOL")).putInt(1).putLong(size);
        address = output.reserve(size);
        index = 0;
    }

    /** Writes the collection in the making; object 0 stands for the space that is left. */
    void flush() throws IOException {
        if (collection.hasRemaining()) {
            int space = collection.remaining();
            collection.putShort((short) 0).putShort((short) 0).putInt(0).putLong(space);
            output.write(address, collection.clear());
            collection = ByteBuffer.allocate(0);
        }
    }
}
