package dev.keratin.backend.spi;

import dev.keratin.backend.TensorType;
import java.nio.ByteBuffer;

/**
 * Memory of a backend that holds the elements of one tensor, dense and row-major.
 *
 * <p>Whoever asked the backend for it owns it and closes it; closing twice is harmless. A buffer that becomes
 * unreachable without having been closed is freed some time later.
 */
public interface Buffer extends AutoCloseable {
    /** The element type and shape of what is held. */
    TensorType type();

    /**
     * Replaces all elements.
     *
     * @param source little-endian elements, read from its position, which stays; exactly
     *     {@code type().byteSize()} bytes remain
     */
    void write(ByteBuffer source);

    /**
     * Copies all elements out.
     *
     * @param target receives little-endian elements from its position on, which stays; at least
     *     {@code type().byteSize()} bytes remain
     */
    void read(ByteBuffer target);

    /** Whether the memory has been given back. */
    boolean isClosed();

    /** Gives the memory back. */
    @Override
    void close();
}
