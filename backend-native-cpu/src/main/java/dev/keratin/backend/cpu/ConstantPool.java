package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Literal;
import java.util.HashMap;
import java.util.Map;

/** Native copies of the constants of one executable, equal ones once. */
final class ConstantPool implements AutoCloseable {
    private final Map<Literal, Long> addresses = new HashMap<>();

    /** Where the elements of a literal lie. */
    long address(Literal literal) {
        return addresses.computeIfAbsent(literal, ConstantPool::copy);
    }

    private static long copy(Literal literal) {
        long bytes = literal.type().byteSize();
        long address = NativeMemory.allocate(bytes, "a constant " + literal.type());
        literal.copyTo(new NativeMemory(address, bytes).asByteBuffer());
        return address;
    }

    @Override
    public void close() {
        addresses.values().forEach(NativeLibrary::free);
        addresses.clear();
    }
}
