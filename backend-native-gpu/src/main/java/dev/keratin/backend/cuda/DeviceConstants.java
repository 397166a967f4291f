package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * What one executable keeps on the device beside its arena: its constants, equal ones once, its guard of indices, and what
 * launches keep for themselves.
 */
final class DeviceConstants implements AutoCloseable {
    private final DeviceMemory memory;
    private final IndexGuard guard;
    private final Map<Literal, Long> addresses = new HashMap<>();
    private final Map<Long, Long> reserved = new HashMap<>();

    DeviceConstants(DeviceMemory memory) {
        this.memory = memory;
        this.guard = new IndexGuard(memory);
    }

    GpuDriver driver() {
        return memory.driver();
    }

    IndexGuard guard() {
        return guard;
    }

    /** Where the elements of a literal lie. */
    long address(Literal literal) {
        Long known = addresses.get(literal);
        return known != null ? known : copied(literal);
    }

    /** The address of memory for what has a place of its own. */
    long reserve(long bytes) {
        long address = memory.allocate(bytes, "what launches keep for themselves");
        reserved.put(address, bytes);
        return address;
    }

    /** The address of as many zeros of 32 bits for the blocks of one launch to count with; it leaves zeros behind. */
    long counts(long most) {
        long bytes = most * Integer.BYTES;
        long address = reserve(bytes);
        driver().copyIn(ByteBuffer.allocateDirect(Math.toIntExact(bytes)), address);
        return address;
    }

    private long copied(Literal literal) {
        long bytes = literal.type().byteSize();
        long address = memory.allocate(bytes, "a constant " + literal.type());
        addresses.put(literal, address);
        if (bytes > 0) {
            ByteBuffer elements = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
            literal.copyTo(elements);
            driver().copyIn(elements.flip(), address);
        }
        return address;
    }

    @Override
    public void close() {
        addresses.forEach((literal, address) -> memory.free(address, literal.type().byteSize()));
        addresses.clear();
        reserved.forEach(memory::free);
        reserved.clear();
        guard.close();
    }
}
