package dev.keratin.tck;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** That one executable, and one backend, serve several threads at once. */
final class ThreadChecks {
    private static final int THREADS = 8;
    private static final int RUNS = 25;

    private final Backend backend;

    ThreadChecks(Backend backend) {
        this.backend = backend;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Family family : List.of(ProgramCases.family(), UpdateCases.family(), RecurrentCases.family(), ControlFlowCases.family())) {
            Case each = family.cases().get(family.cases().size() - 1);
            checks.add(new Check("threads: one executable of \"" + each.name() + "\" runs in 8", () -> shared(each)));
        }
        checks.add(new Check("threads: 8 compile, run and close their own", this::separate));
        return checks;
    }

    private void shared(Case each) throws Exception {
        Program program = each.sketch().program();
        try (Executable executable = backend.compile(program)) {
            everywhere(thread -> {
                List<ByteBuffer> arguments = arguments(each, program, thread);
                List<Sample> expected = expected(program, arguments);
                for (int run = 0; run < RUNS; run++) {
                    Runner.compare(program, expected, run(executable, arguments), each.tolerance());
                }
            });
        }
    }

    private void separate() throws Exception {
        Case each = UpdateCases.family().cases().get(0);
        Program program = each.sketch().program();
        everywhere(thread -> {
            List<ByteBuffer> arguments = arguments(each, program, thread);
            List<Sample> expected = expected(program, arguments);
            for (int run = 0; run < RUNS; run++) {
                try (Runner runner = new Runner(backend, program, arguments)) {
                    Runner.compare(program, expected, runner.run(), each.tolerance());
                }
            }
        });
    }

    private static List<ByteBuffer> arguments(Case each, Program program, int thread) {
        return Runner.arguments(each.name() + thread, program, each.sketch().values());
    }

    private static List<Sample> expected(Program program, List<ByteBuffer> arguments) {
        try (Runner runner = new Runner(new ReferenceProvider().create(), program, arguments)) {
            return runner.run();
        }
    }

    private List<Sample> run(Executable executable, List<ByteBuffer> arguments) {
        List<TensorType> types = executable.program().parameterTypes();
        Buffer[] given = Runner.allocate(backend, types);
        Buffer[] results = Runner.allocate(backend, executable.program().resultTypes());
        for (int i = 0; i < given.length; i++) {
            given[i].write(arguments.get(i).duplicate());
        }
        executable.run(given, results);
        List<Sample> samples = new ArrayList<>();
        for (Buffer[] buffers : List.of(results, given)) {
            for (Buffer buffer : buffers) {
                samples.add(Sample.of(buffer));
                buffer.close();
            }
        }
        return samples;
    }

    /** Work of one of several threads. */
    private interface Work {
        void run(int thread);
    }

    private static void everywhere(Work work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                futures.add(pool.submit(() -> work.run(thread)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
