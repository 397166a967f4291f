package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That many steps of training need no more memory than the first ones. */
class TrainingMemoryTest {
    private static final int WARM_UP = 10;
    private static final int STEPS = 2000;
    private static final long SEED = 11;

    private final Backend backend = new NativeCpuProvider().create();

    /** What the library holds: bytes in use, bytes from the system, and how often it asked the system. */
    private record Held(long live, long held, long allocations) {
        static Held now() {
            return new Held(NativeLibrary.liveBytes(), NativeLibrary.heldBytes(), NativeLibrary.systemAllocations());
        }

        /** Fails if there is more than before. Less may be: buffers that other tests dropped are freed at any time. */
        void requireNoMore() {
            Held now = now();
            assertThat(now.live()).as("bytes in use").isLessThanOrEqualTo(live);
            assertThat(now.held()).as("bytes from the system").isLessThanOrEqualTo(held);
            assertThat(now.allocations()).as("requests to the system").isEqualTo(allocations);
        }
    }

    @Test
    void run_twoThousandTrainingSteps_allocateNoNativeMemory() {
        Program program = TrainingStep.program();
        Buffer[] arguments = program.parameterTypes().stream().map(this::argument).toArray(Buffer[]::new);
        try (Executable executable = backend.compile(program); Buffer loss = backend.allocate(program.resultTypes().get(0))) {
            Buffer[] results = {loss};
            executable.run(arguments, results);
            float first = number(loss);
            run(executable, arguments, results, WARM_UP);
            Held before = Held.now();

            run(executable, arguments, results, STEPS);

            before.requireNoMore();
            assertThat(number(loss)).as("loss after training on one batch, first %s", first).isBetween(0f, first / 10);
        } finally {
            List.of(arguments).forEach(Buffer::close);
        }
    }

    @Test
    void run_newExecutableForEveryStep_leavesNoNativeMemory() {
        Program program = TrainingStep.program();
        Buffer[] arguments = program.parameterTypes().stream().map(this::argument).toArray(Buffer[]::new);
        try (Buffer loss = backend.allocate(program.resultTypes().get(0))) {
            Buffer[] results = {loss};
            compileAndRun(program, arguments, results, WARM_UP);
            Held before = Held.now();

            compileAndRun(program, arguments, results, 3 * WARM_UP);

            before.requireNoMore();
        } finally {
            List.of(arguments).forEach(Buffer::close);
        }
    }

    private static void run(Executable executable, Buffer[] arguments, Buffer[] results, int times) {
        for (int i = 0; i < times; i++) {
            executable.run(arguments, results);
        }
    }

    private void compileAndRun(Program program, Buffer[] arguments, Buffer[] results, int times) {
        for (int i = 0; i < times; i++) {
            try (Executable executable = backend.compile(program)) {
                executable.run(arguments, results);
            }
        }
    }

    /** Random ids and labels, small weights and moments. */
    private Buffer argument(TensorType type) {
        Random random = new Random(SEED);
        ByteBuffer bytes = AgainstReference.empty(type);
        boolean labels = type.shape().dim(-1) == 1;
        boolean weights = type.dtype().isFloating();
        for (int i = 0; i < type.shape().size(); i++) {
            int index = random.nextInt(labels ? TrainingStep.CLASSES : TrainingStep.VOCABULARY);
            Elements.write(bytes, i, type.dtype(), weights ? 1e-3 * random.nextDouble() : index);
        }
        Buffer buffer = backend.allocate(type);
        buffer.write(bytes);
        return buffer;
    }

    private static float number(Buffer scalar) {
        ByteBuffer bytes = AgainstReference.empty(scalar.type());
        scalar.read(bytes);
        return bytes.getFloat(0);
    }
}
