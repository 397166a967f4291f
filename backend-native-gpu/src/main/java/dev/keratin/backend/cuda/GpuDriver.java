package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

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

    /** How often memory was taken from the system. */
    long systemAllocations();

    /** Copies what remains of a buffer, which can be changed when this returns, to the device. */
    void copyIn(ByteBuffer source, long to);

    /** The same, to the start of memory that no work has used since it was allocated: the copy need not wait for other work. */
    void copyInUnused(ByteBuffer source, long to);

    /** Copies from the device until a buffer is full, after all work asked for so far. */
    void copyOut(long from, ByteBuffer target);

    /** Copies within the device. */
    void copy(long from, long to, long bytes);

    /** Where a direct buffer lies in the memory of this process. */
    long addressOf(ByteBuffer direct);

    /**
     * Does something that makes kernels ready or prepares routines: until the loans are closed they stay as they are. What is made
     * ready otherwise is there for as long as not much else is made ready.
     */
    <T> T lending(Loans loans, Supplier<T> work);

    /** Makes a kernel ready; the same number for the same kernel. */
    long load(Kernel kernel);

    /**
     * Runs a kernel. The arguments are read before this returns.
     *
     * @param parameters the address in this process of the addresses of the arguments
     */
    void launch(long function, Geometry geometry, long parameters);

    /**
     * Prepares a matrix product; empty if no library here has it. Operands: a, b, those of the epilogue and the form; results: c, then that
     * of the form.
     */
    Optional<LibraryCall> product(Product product);

    /** Prepares a convolution; empty if no library here has it. */
    Optional<LibraryCall> convolution(Convolution convolution);

    /** Prepares a recurrent layer; empty if no library here has it. */
    Optional<RecurrentPlan> recurrence(Recurrence layer);

    /** Prepares attention; empty if no library here has it. */
    Optional<AttentionPlan> attention(Attention attention);

    /** Says what the work that is asked for next belongs to, for messages. */
    void mark(String line);

    /**
     * Records work instead of doing it.
     *
     * @param work asks for the same work with the same addresses each time, and never waits for the device
     * @return what to replay, or 0 if this work can't be recorded; then it has not been done either
     */
    long capture(Runnable work);

    /** Does recorded work. */
    void replay(long graph);

    /** Forgets recorded work. */
    void release(long graph);
}
