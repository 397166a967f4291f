package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OpSpan;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeExecutableTest {
    private static final TensorType PAIR = TensorType.of(DType.FLOAT32, 2);

    private final Backend backend = new NativeCpuProvider().create();

    @Test
    void run_parameterAndConstantAsResults_areCopied() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(PAIR);
        Value half = builder.constant(Literal.splat(PAIR, 0.5));
        try (Executable executable = backend.compile(builder.build(x, half));
                Buffer argument = pair(1, 2);
                Buffer first = backend.allocate(PAIR);
                Buffer second = backend.allocate(PAIR)) {
            executable.run(new Buffer[] {argument}, new Buffer[] {first, second});

            assertThat(floats(first)).containsExactly(1, 2);
            assertThat(floats(second)).containsExactly(0.5f, 0.5f);
        }
    }

    @Test
    void explain_program_showsNodesFusionsBuffersAndSteps() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(PAIR);
        Value scaled = builder.add(new Binary(BinaryKind.MUL), x, builder.constant(Literal.splat(PAIR, 3)));
        Value sum = builder.add(new Binary(BinaryKind.ADD), scaled, x);
        try (Executable executable = backend.compile(builder.build(builder.add(new Cumulative(CumulativeKind.SUM, 0, false), sum)))) {
            assertThat(executable.explain()).startsWith("""
                    parameters: %0: float32[2] @ parameter 0
                    %1: float32[2] @ arena+0 = Fusion[LOOP](%0)  # 16 bytes, 4 flops
                        (%0: float32[2]) {
                          %1: float32[] = Constant[value=3.0]()
                          %2: float32[2] = Binary[kind=MUL](%0, %1)
                          %3: float32[2] = Binary[kind=ADD](%2, %0)
                          return %3
                        }
                    %2: float32[2] @ result 0 = Cumulative[kind=SUM, axis=0, reverse=false](%1)  # 16 bytes, 2 flops
                    results: %2: float32[2] @ result 0
                    total: 2 kernels, 32 bytes moved, 6 flops
                    memory:
                        arena+0, 8 bytes: %1, last read by %2
                        result 0, 8 bytes: %2, kept to the end
                        arena 64 bytes, at the peak 64 of them hold living values
                    steps: 2
                       0  FUSED Fusion[LOOP](float32[2])\s
                       1  CUMULATIVE Cumulative[kind=SUM, axis=0, reverse=false](float32[2])\s
                    working memory:\
                    """);
        }
    }

    @Test
    void measure_finalCopies_runsAndGivesSpansInOrder() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(PAIR);
        Value doubled = builder.add(new Binary(BinaryKind.ADD), x, x);
        long before = System.nanoTime();
        try (Executable executable = backend.compile(builder.build(doubled, x));
                Buffer argument = pair(1, 2);
                Buffer first = backend.allocate(PAIR);
                Buffer second = backend.allocate(PAIR)) {
            List<OpSpan> spans = executable.measure(new Buffer[] {argument}, new Buffer[] {first, second});

            assertThat(floats(first)).containsExactly(2, 4);
            assertThat(floats(second)).containsExactly(1, 2);
            assertThat(spans).extracting(span -> span.node() == null ? "copy" : span.node().op().label())
                    .containsExactly("add", "copy");
            assertThat(spans.get(0).start()).isGreaterThanOrEqualTo(before);
            assertThat(spans.get(1).start()).isEqualTo(spans.get(0).start() + spans.get(0).nanoseconds());
        }
    }

    @Test
    void close_everything_leavesNoBytes() {
        long before = backend.allocatedBytes();
        Executable executable = backend.compile(identity());
        Buffer buffer = pair(1, 2);
        assertThat(backend.allocatedBytes()).isGreaterThan(before);

        executable.close();
        buffer.close();
        buffer.close();

        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    @Test
    void run_closedBuffer_throws() {
        Buffer buffer = pair(1, 2);
        buffer.close();
        try (Executable executable = backend.compile(identity()); Buffer result = backend.allocate(PAIR)) {
            assertThatThrownBy(() -> executable.run(new Buffer[] {buffer}, new Buffer[] {result}))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed one of float32[2]");
        }
    }

    @Test
    void run_argumentOfOtherType_throws() {
        try (Executable executable = backend.compile(identity());
                Buffer wrong = backend.allocate(TensorType.of(DType.FLOAT64, 2));
                Buffer result = backend.allocate(PAIR)) {
            assertThatThrownBy(() -> executable.run(new Buffer[] {wrong}, new Buffer[] {result}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("float32[2] is required for argument 0").hasMessageContaining("float64[2]");
        }
    }

    @Test
    void allocate_beyondLimit_throwsAndChangesNothing() {
        long before = backend.allocatedBytes();
        NativeLibrary.setMemoryLimit(before + 1000);
        try {
            assertThatThrownBy(() -> backend.allocate(TensorType.of(DType.FLOAT32, 1000)))
                    .isInstanceOf(OutOfBackendMemoryException.class)
                    .hasMessageContaining("4000 bytes").hasMessageContaining("float32[1000]");
            assertThat(backend.allocatedBytes()).isEqualTo(before);
        } finally {
            NativeLibrary.setMemoryLimit(0);
        }
    }

    private static Program identity() {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.parameter(PAIR));
    }

    private Buffer pair(float first, float second) {
        Buffer buffer = backend.allocate(PAIR);
        buffer.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(first).putFloat(second).flip());
        return buffer;
    }

    private static float[] floats(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        bytes.clear();
        return new float[] {bytes.getFloat(), bytes.getFloat()};
    }
}
