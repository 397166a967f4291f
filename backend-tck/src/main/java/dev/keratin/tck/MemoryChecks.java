package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** That memory is counted, given back, and not needed for running. */
final class MemoryChecks {
    private static final TensorType ROW = TensorType.of(DType.FLOAT32, 3);
    private static final int WARM_UP = 20;
    private static final int RUNS = 200;
    private static final int COLLECTIONS = 500;

    private final Backend backend;

    MemoryChecks(Backend backend) {
        this.backend = backend;
    }

    List<Check> all() {
        return List.of(
                new Check("buffer: allocated bytes are counted until it is closed", this::countsBuffers),
                new Check("buffer: closing twice gives back once", this::closesOnce),
                new Check("buffer: holds what was written, wherever the positions were", this::keepsElements),
                new Check("buffer: is freed once unreachable, though nobody closed it", this::freesUnreachable),
                new Check("buffer: has no bytes if it has no elements", this::emptyBuffer),
                new Check("buffer: more than there is memory throws and changes nothing", this::outOfMemory),
                new Check("executable: all memory is given back when everything is closed", this::givesBack),
                new Check("executable: runs allocate nothing after warm-up", this::runsAllocateNothing),
                new Check("executable: closing twice is harmless", this::closesExecutableTwice));
    }

    private void countsBuffers() {
        long before = backend.allocatedBytes();
        Buffer buffer = backend.allocate(TensorType.of(DType.FLOAT64, 100, 10));
        assertThat(buffer.type()).isEqualTo(TensorType.of(DType.FLOAT64, 100, 10));
        assertThat(buffer.isClosed()).isFalse();
        assertThat(backend.allocatedBytes() - before).isGreaterThanOrEqualTo(8000);
        buffer.close();
        assertThat(buffer.isClosed()).isTrue();
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    private void closesOnce() {
        long before = backend.allocatedBytes();
        Buffer buffer = backend.allocate(ROW);
        buffer.close();
        buffer.close();
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    private void keepsElements() {
        ByteBuffer source = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        source.putFloat(4, 1.5f).putFloat(8, -2).putFloat(12, 3).position(4).limit(16);
        for (ByteBuffer target : List.of(ByteBuffer.allocate(24), ByteBuffer.allocateDirect(24))) {
            target.order(ByteOrder.LITTLE_ENDIAN).position(8);
            try (Buffer buffer = backend.allocate(ROW)) {
                buffer.write(source);
                buffer.read(target);
            }
            assertThat(source.position()).isEqualTo(4);
            assertThat(target.position()).isEqualTo(8);
            assertThat(List.of(target.getFloat(4), target.getFloat(8), target.getFloat(12), target.getFloat(16), target.getFloat(20)))
                    .containsExactly(0f, 1.5f, -2f, 3f, 0f);
        }
    }

    /** The collector is asked again and again, as it promises nothing for a single call. */
    private void freesUnreachable() {
        long before = backend.allocatedBytes();
        abandon();
        for (int i = 0; i < COLLECTIONS && backend.allocatedBytes() != before; i++) {
            System.gc();
        }
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    private void abandon() {
        Buffer buffer = backend.allocate(ROW);
        assertThat(buffer.isClosed()).isFalse();
    }

    private void emptyBuffer() {
        try (Buffer buffer = backend.allocate(TensorType.of(DType.FLOAT32, 0, 4))) {
            buffer.write(ByteBuffer.allocate(0));
            buffer.read(ByteBuffer.allocate(0));
            assertThat(buffer.type().shape()).isEqualTo(Shape.of(0, 4));
        }
    }

    private void outOfMemory() {
        long before = backend.allocatedBytes();
        assertThatThrownBy(() -> backend.allocate(TensorType.of(DType.FLOAT32, 1L << 50)))
                .isInstanceOf(OutOfBackendMemoryException.class)
                .hasMessageContaining("float32[" + (1L << 50) + "]");
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    private void givesBack() {
        long before = backend.allocatedBytes();
        for (Case each : samples()) {
            try (Runner runner = runner(each)) {
                runner.run();
            }
        }
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    private void runsAllocateNothing() {
        for (Case each : samples()) {
            try (Runner runner = runner(each)) {
                runner.run();
                repeat(runner, WARM_UP);
                long before = backend.allocatedBytes();
                repeat(runner, RUNS);
                assertThat(backend.allocatedBytes()).as(each.name()).isEqualTo(before);
            }
        }
    }

    private static void repeat(Runner runner, int times) {
        for (int i = 0; i < times; i++) {
            runner.repeat();
        }
    }

    /** The case in the middle of every family. */
    private static List<Case> samples() {
        return CaseTable.families().stream().map(family -> family.cases().get(family.cases().size() / 2)).toList();
    }

    private Runner runner(Case each) {
        Sketch sketch = each.sketch();
        Program program = sketch.program();
        return new Runner(backend, program, Runner.arguments(each.name(), program, sketch.values()));
    }

    private void closesExecutableTwice() {
        long before = backend.allocatedBytes();
        Executable executable = backend.compile(Sketch.body(sketch -> sketch.result(sketch.plus(sketch.normal(3), 1))));
        assertThat(executable.explain()).isNotBlank();
        executable.close();
        assertThatCode(executable::close).doesNotThrowAnyException();
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }
}
