package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps tensors on the Java heap and interprets programs in the calling thread. */
final class ReferenceBackend implements Backend {
    static final String NAME = "java";

    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final AtomicLong allocated = new AtomicLong();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Buffer allocate(TensorType type) {
        if (!type.shape().isStatic()) {
            throw new IllegalArgumentException(
                    "allocate: a shape with known lengths is required. Received: " + type + ".");
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (type.shape().size() > LONGEST_ARRAY || heapBytes(type.byteSize()) > heap - heapBytes(allocated.get())) {
            throw outOfMemory("allocate: " + type);
        }
        return new HeapBuffer(this, type, allocated);
    }

    private static long heapBytes(long bytes) {
        return Math.multiplyExact(2L, bytes);
    }

    @Override
    public Executable compile(Program program) {
        return new Interpreted(this, program);
    }

    @Override
    public long allocatedBytes() {
        return allocated.get();
    }

    OutOfBackendMemoryException outOfMemory(String who) {
        return new OutOfBackendMemoryException(who + " needs memory that the Java heap does not have. Received: "
                + allocated.get() + " bytes in open buffers, a heap of at most " + Runtime.getRuntime().maxMemory()
                + " bytes. Close tensors, take smaller batches, or give Java a larger heap with -Xmx.");
    }

    @Override
    public String describe() {
        return "reference interpreter, 1 thread, " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version");
    }
}
