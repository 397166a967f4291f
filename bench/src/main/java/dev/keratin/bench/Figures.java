package dev.keratin.bench;

import dev.keratin.Backends;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.Footprint;

/** {@code ./keratin bench --figures}: what tells a slower program without a clock. */
final class Figures {
    private static final int STEPS = 3;

    private Figures() {}

    /** One line: kernels of a step, bytes planned, bytes of parameters, and how often a step asks the system for memory. */
    static String of(Workload workload) {
        try (Workload.Run run = workload.prepare()) {
            Executable program = run.program();
            Footprint footprint = program.footprint();
            long parameters = program.program().parameterTypes().stream().mapToLong(TensorType::byteSize).sum();
            return workload.name() + " kernels " + footprint.kernels() + " values " + footprint.valueBytes()
                    + " parameters " + parameters + " allocations " + allocations(workload);
        }
    }

    /** Of some steps of two samples, after as many that fill the caches. */
    private static long allocations(Workload workload) {
        try (Workload.Run run = workload.withBatch(2).prepare()) {
            steps(run);
            long before = Backends.current().systemAllocations();
            steps(run);
            return Backends.current().systemAllocations() - before;
        }
    }

    private static void steps(Workload.Run run) {
        for (int i = 0; i < STEPS; i++) {
            run.step();
        }
    }
}
