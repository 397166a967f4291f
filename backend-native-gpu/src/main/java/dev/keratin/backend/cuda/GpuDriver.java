package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a device does for this backend: memory, copies, kernels and library routines. All work is done in the order in
 * which it is asked for. Callers take turns: no two threads use a driver at once.
 */
interface GpuDriver {
    /** One line for people: the device and its libraries with versions. */
    String describe();

    /** The address of new device memory, aligned to 256 bytes, or 0 if it can't be had. */
    long allocate(long bytes);

    /** Gives memory back once all work asked for so far is done. */
    void free(long address);

    /** Copies what remains of a direct buffer to the device. */
    void copyIn(ByteBuffer source, long to);

    /** Copies from the device until a direct buffer is full, after all work asked for so far. */
    void copyOut(long from, ByteBuffer target);

    /** Copies within the device. */
    void copy(long from, long to, long bytes);

    /** Where a direct buffer lies in the memory of this process. */
    long addressOf(ByteBuffer direct);

    /** Makes a kernel ready; the same number for the same kernel. */
    long load(Kernel kernel);

    /**
     * Runs a kernel. The arguments are read before this returns.
     *
     * @param parameters the address in this process of the addresses of the arguments
     */
    void launch(long function, Geometry geometry, long parameters);

    /** Prepares a matrix product. */
    LibraryCall product(Product product);

    /** Prepares a convolution; empty if no library here has it. */
    Optional<LibraryCall> convolution(Convolution convolution);
}
