package dev.keratin.backend.spi;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;

/** Owns memory and compiles programs for one device. Safe for use by several threads at once. */
public interface Backend {
    /** The name users choose it by, such as {@code "native-cpu"}. */
    String name();

    /**
     * New memory, its contents undefined.
     *
     * @throws OutOfBackendMemoryException if it can't be had; nothing else changes
     */
    Buffer allocate(TensorType type);

    /**
     * Makes a program ready to run.
     *
     * @throws OutOfBackendMemoryException if its working memory can't be had
     */
    Executable compile(Program program);

    /** The bytes in buffers and executables that have not been closed. */
    long allocatedBytes();

    /** How often memory has been taken from the system so far; 0 for a backend that does not count. */
    default long systemAllocations() {
        return 0;
    }

    /** One line for people: the device, its threads and libraries with versions. */
    String describe();
}
