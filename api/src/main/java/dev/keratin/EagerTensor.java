package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor that holds elements on a backend. */
final class EagerTensor extends Tensor {
    private final TensorType type;
    private volatile Buffer buffer;
    private volatile Backend home;
    private volatile boolean closed;

    /** Takes over the buffer and belongs to the innermost scope of this thread. */
    EagerTensor(Backend home, Buffer buffer) {
        this.type = buffer.type();
        this.home = home;
        this.buffer = buffer;
    }

    /** A new tensor of the current backend, owned by the innermost scope. */
    static EagerTensor of(TensorType type, ByteBuffer elements) {
        Backend backend = Backends.current();
        Buffer buffer = backend.allocate(type);
        buffer.write(elements);
        return TensorScope.adopt(new EagerTensor(backend, buffer));
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public boolean isConcrete() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        buffer.close();
    }

    @Override
    EagerTensor requireConcrete(String who) {
        return this;
    }

    /** The memory on a backend, moved there first if it lies on another one. */
    Buffer bufferOn(Backend backend) {
        if (closed) {
            throw new IllegalStateException("Tensor: an open tensor is required. Received: " + type
                    + " that has been closed. Use it before its scope, gradient tape or close() ends it, or keep(..) it there.");
        }
        if (home != backend) {
            move(backend);
        }
        return buffer;
    }

    ByteBuffer read() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        bufferOn(home).read(bytes);
        return bytes.clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    private synchronized void move(Backend backend) {
        if (home != backend) {
            Buffer moved = backend.allocate(type);
            moved.write(read());
            Buffer old = buffer;
            buffer = moved;
            home = backend;
            old.close();
        }
    }

    @Override
    public String toString() {
        return closed ? "Tensor(" + type + ", closed)" : TensorText.of(this);
    }
}
