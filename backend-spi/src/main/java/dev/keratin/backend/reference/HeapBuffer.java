package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Buffer;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Refers to an immutable tensor; writing refers to another one. */
final class HeapBuffer implements Buffer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ReferenceBackend owner;
    private final TensorType type;
    private final Cleaner.Cleanable accounting;
    private volatile boolean closed;
    private volatile @Nullable Tensor tensor;

    HeapBuffer(ReferenceBackend owner, TensorType type, AtomicLong allocated) {
        this.owner = owner;
        this.type = type;
        long bytes = type.byteSize();
        allocated.addAndGet(bytes);
        accounting = CLEANER.register(this, () -> allocated.addAndGet(-bytes));
    }

    ReferenceBackend owner() {
        return owner;
    }

    @Override
    public TensorType type() {
        return type;
    }

    Tensor tensor() {
        requireOpen();
        Tensor held = tensor;
        return held == null ? Tensor.zeros(type) : held;
    }

    void set(Tensor value) {
        requireOpen();
        tensor = value;
    }

    @Override
    public void write(ByteBuffer source) {
        requireOpen();
        if (source.remaining() != type.byteSize()) {
            throw new IllegalArgumentException("Buffer: exactly " + type.byteSize() + " bytes are required for " + type
                    + ". Received: " + source.remaining() + ".");
        }
        tensor = Tensor.fromBytes(type, source);
    }

    @Override
    public void read(ByteBuffer target) {
        Tensor held = tensor();
        if (target.remaining() < type.byteSize()) {
            throw new IllegalArgumentException("Buffer: room for at least " + type.byteSize() + " bytes is required for "
                    + type + ". Received: " + target.remaining() + ".");
        }
        held.toBytes(target);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("Buffer: an open buffer is required. Received: a closed one of " + type
                    + ". Use it before it is closed.");
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        tensor = null;
        accounting.clean();
    }
}
