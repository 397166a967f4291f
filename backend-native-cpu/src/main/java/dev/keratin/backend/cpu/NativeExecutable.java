package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.Footprint;
import dev.keratin.backend.spi.OpSpan;
import dev.keratin.backend.spi.Operands;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/** A program that was handed to the C++ side; one call runs all of it. */
final class NativeExecutable implements Executable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Program program;
    private final Program optimised;
    private final List<Code.Step> steps;
    private final Operands<NativeBuffer> operands;
    private final int[] updated;
    private final LongBuffer table;
    private final long tableAddress;
    private final Object lock;
    private final Prepared prepared;
    private final Cleaner.Cleanable cleanable;

    /**
     * Prepares a program.
     *
     * @param program as it was handed to the backend
     * @param optimised the same, as it is run
     * @param lock held while any program of the backend runs
     */
    NativeExecutable(Program program, Program optimised, Object lock) {
        this.program = program;
        this.optimised = optimised;
        this.lock = lock;
        ConstantPool constants = new ConstantPool();
        try {
            Code code = Lowering.lower(optimised, constants);
            this.steps = List.copyOf(code.steps());
            this.prepared = new Prepared(create(code.toArray()), constants, lock);
        } catch (RuntimeException e) {
            constants.close();
            throw e;
        }
        this.operands = new Operands<>(program, NativeBuffer.class, NativeCpuProvider.NAME);
        this.updated = program.updates().stream().mapToInt(Program.Update::parameter).toArray();
        int words = Math.max(1, operands.count() + operands.parameters());
        ByteBuffer memory = ByteBuffer.allocateDirect(words * Long.BYTES).order(ByteOrder.nativeOrder());
        this.table = memory.asLongBuffer();
        this.tableAddress = new BytePointer(memory).address();
        this.cleanable = CLEANER.register(this, prepared);
    }

    private long create(long[] code) {
        synchronized (lock) {
            long handle = NativeLibrary.programCreate(code, code.length);
            if (handle == 0) {
                throw failure(NativeLibrary.lastStatus());
            }
            return handle;
        }
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public void run(Buffer[] arguments, Buffer[] results) {
        synchronized (lock) {
            fill(arguments, results);
            requireDone(NativeLibrary.programRun(prepared.handle(), tableAddress));
        }
        Reference.reachabilityFence(this);
        Reference.reachabilityFence(arguments);
        Reference.reachabilityFence(results);
    }

    @Override
    public List<OpSpan> measure(Buffer[] arguments, Buffer[] results) {
        long[] ends = new long[steps.size()];
        long start;
        synchronized (lock) {
            fill(arguments, results);
            start = System.nanoTime();
            requireDone(NativeLibrary.programMeasure(prepared.handle(), tableAddress, ends));
        }
        Reference.reachabilityFence(this);
        Reference.reachabilityFence(arguments);
        Reference.reachabilityFence(results);
        return Explanation.spans(steps, start, ends);
    }

    /** Writes down where arguments and results lie, and what the arguments are before the run. */
    private void fill(Buffer[] arguments, Buffer[] results) {
        operands.requireCounts(arguments.length, results.length);
        for (int i = 0; i < arguments.length; i++) {
            NativeBuffer argument = operands.argument(arguments, i);
            table.put(i, argument.address());
            table.put(operands.count() + i, argument.version());
        }
        for (int i = 0; i < results.length; i++) {
            table.put(arguments.length + i, operands.result(results, i, arguments).address());
        }
        noteChanges(arguments, results);
    }

    private void noteChanges(Buffer[] arguments, Buffer[] results) {
        long version = NativeLibrary.nextVersion();
        for (int parameter : updated) {
            ((NativeBuffer) arguments[parameter]).changeTo(version);
        }
        for (Buffer result : results) {
            ((NativeBuffer) result).changeTo(version);
        }
    }

    /**
     * Does nothing if a call of the library succeeded.
     *
     * @param status what it gave
     */
    static void requireDone(int status) {
        if (status != 0) {
            throw failure(status);
        }
    }

    private static RuntimeException failure(int status) {
        String message = NativeLibrary.lastError();
        return switch (status) {
            case 1 -> new IndexOutOfBoundsException(message);
            case 2 -> new OutOfBackendMemoryException("native-cpu: enough memory is required. Received: " + message
                    + ". Close tensors and models that are not needed, or use smaller batches.");
            default -> new IllegalStateException("native-cpu: " + message);
        };
    }

    @Override
    public String explain() {
        return Explanation.of(optimised, steps, memory());
    }

    @Override
    public Footprint footprint() {
        return new Footprint(steps.size(), memory()[0]);
    }

    private long[] memory() {
        long[] bytes = new long[2];
        synchronized (lock) {
            NativeLibrary.programMemory(prepared.handle(), bytes);
        }
        return bytes;
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    private static final class Prepared implements Runnable {
        private final ConstantPool constants;
        private final Object lock;
        private long handle;

        Prepared(long handle, ConstantPool constants, Object lock) {
            this.handle = handle;
            this.constants = constants;
            this.lock = lock;
        }

        long handle() {
            if (handle == 0) {
                throw new IllegalStateException("Executable: an open one is required. Received: a closed one. Compile the program again.");
            }
            return handle;
        }

        @Override
        public void run() {
            synchronized (lock) {
                NativeLibrary.programFree(handle);
                handle = 0;
                constants.close();
            }
        }
    }
}
