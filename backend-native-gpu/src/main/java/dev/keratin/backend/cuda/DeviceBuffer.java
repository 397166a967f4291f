package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Buffer;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A buffer in device memory. */
final class DeviceBuffer implements Buffer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final TensorType type;
    private final long byteSize;
    private final Memory memory;
    private final Cleaner.Cleanable cleanable;
    private boolean used;
    private @Nullable Range range;

    DeviceBuffer(TensorType type, DeviceMemory device) {
        this.type = type;
        this.byteSize = type.byteSize();
        this.memory = new Memory(device, device.allocate(byteSize, "a buffer " + type), byteSize);
        this.cleanable = CLEANER.register(this, memory);
    }

    @Override
    public TensorType type() {
        return type;
    }

    /**
     * Where the elements lie on the device.
     *
     * @throws IllegalStateException if the buffer is closed
     */
    long address() {
        if (memory.closed) {
            throw new IllegalStateException("Buffer: an open buffer is required. Received: a closed one of " + type
                    + ". Close buffers only when they are no longer used.");
        }
        return memory.address;
    }

    /** The same, for work that may go on after this returns; the caller holds the lock of the memory. */
    long use() {
        used = true;
        return address();
    }

    /** What is known of its elements: their range, if they are indices that the host wrote or rows of such; the caller holds the lock of the memory. */
    @Nullable Range range() {
        return range;
    }

    /**
     * From now on the device writes its elements; the caller holds the lock of the memory.
     *
     * @param written what will be known of them
     */
    void computed(@Nullable Range written) {
        range = written;
    }

    @Override
    public void write(ByteBuffer source) {
        if (source.remaining() != byteSize) {
            throw new IllegalArgumentException("Buffer: exactly " + byteSize + " bytes are required to write " + type
                    + ". Received: " + source.remaining() + ". Set the position and limit of the ByteBuffer round the elements.");
        }
        synchronized (memory.device) {
            range = Range.of(type.dtype(), source).orElse(null);
            if (used || byteSize == 0) {
                memory.device.driver().copyIn(source, address());
            } else {
                memory.device.driver().copyInUnused(source, address());
            }
        }
        Reference.reachabilityFence(this);
    }

    @Override
    public void read(ByteBuffer target) {
        if (target.remaining() < byteSize) {
            throw new IllegalArgumentException("Buffer: room for " + byteSize + " bytes is required to read " + type
                    + ". Received: " + target.remaining() + ". Take a larger ByteBuffer.");
        }
        ByteBuffer part = target.duplicate();
        synchronized (memory.device) {
            memory.device.driver().copyOut(address(), part.limit((int) (part.position() + byteSize)));
        }
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean isClosed() {
        return memory.closed;
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    private static final class Memory implements Runnable {
        private final DeviceMemory device;
        private final long address;
        private final long bytes;
        private volatile boolean closed;

        Memory(DeviceMemory device, long address, long bytes) {
            this.device = device;
            this.address = address;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            closed = true;
            device.free(address, bytes);
        }
    }
}
