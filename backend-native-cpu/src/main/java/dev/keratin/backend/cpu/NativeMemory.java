package dev.keratin.backend.cpu;

import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/** A view of native memory that somebody else owns. */
final class NativeMemory extends Pointer {
    private static final int CHUNK = 1 << 30;

    NativeMemory(long address, long bytes) {
        this.address = address;
        this.capacity = bytes;
        this.limit = bytes;
    }

    @Override
    public int sizeof() {
        return 1;
    }

    /**
     * New memory.
     *
     * @param who for the message, such as {@code "a buffer float32[32, 784]"}
     */
    static long allocate(long bytes, String who) {
        long address = NativeLibrary.alloc(bytes);
        if (address == 0) {
            throw new OutOfBackendMemoryException("native-cpu: " + bytes + " bytes of memory are required for " + who
                    + ". Received: none; " + NativeLibrary.liveBytes() + " bytes are in use. Close tensors and models that"
                    + " are not needed, use smaller batches, or raise -Dkeratin.memory.limit if it is set.");
        }
        return address;
    }

    /** Copies bytes from the position of {@code source} on, which stays. */
    static void copyIn(ByteBuffer source, long address, long bytes) {
        ByteBuffer rest = source.duplicate();
        for (long done = 0; done < bytes; done += CHUNK) {
            int count = (int) Math.min(CHUNK, bytes - done);
            rest.limit(rest.position() + count);
            new NativeMemory(address + done, count).asByteBuffer().put(rest);
        }
    }

    /** Copies bytes to the position of {@code target} on, which stays. */
    static void copyOut(long address, long bytes, ByteBuffer target) {
        ByteBuffer rest = target.duplicate();
        for (long done = 0; done < bytes; done += CHUNK) {
            rest.put(new NativeMemory(address + done, Math.min(CHUNK, bytes - done)).asByteBuffer());
        }
    }
}
