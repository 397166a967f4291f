package dev.keratin.backend.cuda;

import dev.keratin.backend.compiler.PlanText;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.Operands;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** A program as a list of launches over one arena. */
final class CudaExecutable implements Executable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Program program;
    private final Program optimised;
    private final Operands<DeviceBuffer> operands;
    private final Prepared prepared;
    private final Cleaner.Cleanable cleanable;

    /**
     * Prepares a program; the caller holds the lock of the memory.
     *
     * @param program as it was handed to the backend
     * @param optimised the same, as it is run
     */
    CudaExecutable(Program program, Program optimised, DeviceMemory memory) {
        this.program = program;
        this.optimised = optimised;
        this.operands = new Operands<>(program, DeviceBuffer.class, CudaBackend.NAME);
        this.prepared = new Prepared(optimised, memory);
        this.cleanable = CLEANER.register(this, prepared);
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public void run(Buffer[] arguments, Buffer[] results) {
        operands.requireCounts(arguments.length, results.length);
        synchronized (prepared.memory) {
            long[] bases = prepared.open();
            @Nullable Range[] ranges = new Range[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                DeviceBuffer argument = operands.argument(arguments, i);
                bases[Slot.FIRST_PARAMETER + i] = argument.use();
                ranges[i] = argument.range();
            }
            for (int i = 0; i < results.length; i++) {
                DeviceBuffer result = operands.result(results, i, arguments);
                bases[Slot.FIRST_PARAMETER + arguments.length + i] = result.use();
                result.computed(null);
            }
            program.updates().forEach(update -> ((DeviceBuffer) arguments[update.parameter()]).computed(null));
            IndexBounds bounds = prepared.plan.bounds();
            @Nullable Range[] known = bounds.known(ranges);
            prepared.run(bounds.hold(known));
            for (int i = 0; i < results.length; i++) {
                ((DeviceBuffer) results[i]).computed(bounds.result(i, known));
            }
        }
        Reference.reachabilityFence(this);
        Reference.reachabilityFence(arguments);
        Reference.reachabilityFence(results);
    }

    @Override
    public String explain() {
        return PlanText.of(optimised, Code.plan(optimised)) + "steps: " + prepared.plan.lines().size() + "\n"
                + String.join("\n", prepared.plan.lines()) + "\nmemory: " + prepared.plan.memoryBytes() + " bytes\n";
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    /** What an executable holds on the device. */
    private static final class Prepared implements Runnable {
        private final DeviceMemory memory;
        private final DeviceConstants constants;
        private final Loans loans = new Loans();
        private final Plan plan;
        private final Frame frame;
        private final Replay replay;
        private final Replay unchecked;
        private boolean closed;

        Prepared(Program optimised, DeviceMemory memory) {
            this.memory = memory;
            this.constants = new DeviceConstants(memory);
            try {
                this.plan = memory.driver().lending(loans, () -> Code.lower(optimised, constants));
                this.frame = new Frame(memory.driver(), plan.bases());
                frame.bases()[Slot.ARENA] = memory.allocate(plan.memoryBytes(), "the working memory of a program, most of it for " + LargestValues.text(optimised));
                this.replay = new Replay(plan, frame);
                this.unchecked = new Replay(plan.unchecked(), frame);
            } catch (RuntimeException e) {
                constants.close();
                loans.close();
                throw e;
            }
        }

        long[] open() {
            if (closed) {
                throw new IllegalStateException("Executable: an open one is required. Received: a closed one. Compile the program again.");
            }
            return frame.bases();
        }

        /** With or without checks of indices. */
        void run(boolean isInRange) {
            if (isInRange) {
                unchecked.run(frame);
            } else {
                constants.guard().run(replay, frame);
            }
        }

        @Override
        public void run() {
            synchronized (memory) {
                closed = true;
                replay.close();
                unchecked.close();
                constants.close();
                loans.close();
                memory.free(frame.bases()[Slot.ARENA], plan.memoryBytes());
            }
        }
    }
}
