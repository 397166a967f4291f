package dev.keratin.backend.cpu;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Buffer;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** A buffer in native memory, aligned to 64 bytes. */
final class NativeBuffer implements Buffer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final TensorType type;
    private final long byteSize;
    private final Memory memory;
    private volatile long version;
    private final Cleaner.Cleanable cleanable;

    NativeBuffer(TensorType type) {
        this.type = type;
        this.byteSize = type.byteSize();
        this.memory = new Memory(NativeMemory.allocate(byteSize, "a buffer " + type));
        this.cleanable = CLEANER.register(this, memory);
        this.version = NativeLibrary.nextVersion();
    }

    @Override
    public TensorType type() {
        return type;
    }

    /**
     * Where the elements lie.
     *
     * @throws IllegalStateException if the buffer is closed
     */
    long address() {
        long address = memory.address;
        if (address == 0) {
            throw new IllegalStateException("Buffer: an open buffer is required. Received: a closed one of " + type
                    + ". Close buffers only when they are no longer used.");
        }
        return address;
    }

    /** With the address, what the elements are: they are the same as long as both are. */
    long version() {
        return version;
    }

    /** Notes that the elements are others now. */
    void changeTo(long next) {
        version = next;
    }

    @Override
    public void write(ByteBuffer source) {
        if (source.remaining() != byteSize) {
            throw new IllegalArgumentException("Buffer: exactly " + byteSize + " bytes are required to write " + type
                    + ". Received: " + source.remaining() + ". Set the position and limit of the ByteBuffer round the elements.");
        }
        inPlace(address -> {
            NativeMemory.copyIn(source, address, byteSize);
            changeTo(NativeLibrary.nextVersion());
        });
    }

    @Override
    public void read(ByteBuffer target) {
        if (target.remaining() < byteSize) {
            throw new IllegalArgumentException("Buffer: room for " + byteSize + " bytes is required to read " + type
                    + ". Received: " + target.remaining() + ". Take a larger ByteBuffer.");
        }
        inPlace(address -> NativeMemory.copyOut(address, byteSize, target));
    }

    /** Does something while the elements are sure to lie where they belong; a program may have them in another layout. */
    private void inPlace(LongConsumer action) {
        long address = address();
        NativeExecutable.requireDone(NativeLibrary.hold(address));
        try {
            action.accept(address);
        } finally {
            NativeLibrary.letGo(address);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean isClosed() {
        return memory.address == 0;
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    private static final class Memory implements Runnable {
        private volatile long address;

        Memory(long address) {
            this.address = address;
        }

        @Override
        public void run() {
            NativeLibrary.free(address);
            address = 0;
        }
    }
}
