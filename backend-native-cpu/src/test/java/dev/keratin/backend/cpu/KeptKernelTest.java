package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A convolution keeps its kernel in another order as long as the kernel stays as it is, and no longer. */
class KeptKernelTest {
    private static final TensorType IMAGE = TensorType.of(DType.FLOAT32, 1, 4, 4, 32);
    private static final TensorType KERNEL = TensorType.of(DType.FLOAT32, 1, 1, 32, 64);
    private static final TensorType RESULT = TensorType.of(DType.FLOAT32, 1, 4, 4, 64);
    private static final ConvSpec POINTWISE = new ConvSpec(List.of(1, 1), List.of(0, 0), List.of(0, 0), List.of(1, 1), 1);

    private final Backend backend = new NativeCpuProvider().create();

    @Test
    void run_kernelWrittenBetweenRuns_readsTheNewOne() {
        try (Executable conv = backend.compile(convolution());
                Buffer image = filled(IMAGE, 1);
                Buffer kernel = filled(KERNEL, 2)) {
            assertThat(first(conv, image, kernel)).isEqualTo(64);
            fill(kernel, 3);
            assertThat(first(conv, image, kernel)).isEqualTo(96);
        }
    }

    @Test
    void run_kernelUpdatedByAnotherProgram_readsTheNewOne() {
        try (Executable conv = backend.compile(convolution());
                Executable doubling = backend.compile(doubling());
                Buffer image = filled(IMAGE, 1);
                Buffer kernel = filled(KERNEL, 2)) {
            assertThat(first(conv, image, kernel)).isEqualTo(64);
            doubling.run(new Buffer[] {kernel}, new Buffer[0]);
            assertThat(first(conv, image, kernel)).isEqualTo(128);
        }
    }

    @Test
    void run_kernelUpdatedByTheSameProgram_readsTheOneBefore() {
        try (Executable conv = backend.compile(convolutionThenDoubling());
                Buffer image = filled(IMAGE, 1);
                Buffer kernel = filled(KERNEL, 2)) {
            assertThat(first(conv, image, kernel)).isEqualTo(64);
            assertThat(first(conv, image, kernel)).isEqualTo(128);
        }
    }

    @Test
    void run_resultOfAnotherProgramAsKernel_readsTheNewOne() {
        try (Executable conv = backend.compile(convolution());
                Executable product = backend.compile(product());
                Buffer image = filled(IMAGE, 1);
                Buffer two = filled(KERNEL, 2);
                Buffer kernel = filled(KERNEL, 1)) {
            assertThat(first(conv, image, kernel)).isEqualTo(32);
            product.run(new Buffer[] {two, two}, new Buffer[] {kernel});
            assertThat(first(conv, image, kernel)).isEqualTo(128);
        }
    }

    @Test
    void run_otherBufferAtTheSameAddress_readsTheNewOne() {
        try (Executable conv = backend.compile(convolution()); Buffer image = filled(IMAGE, 1)) {
            for (int value = 1; value <= 4; value++) {
                try (Buffer kernel = filled(KERNEL, value)) {
                    assertThat(first(conv, image, kernel)).isEqualTo(32 * value);
                }
            }
        }
    }

    @Test
    void close_executableThatKeptAKernel_givesTheMemoryBack() {
        long before = backend.allocatedBytes();
        Executable conv = backend.compile(convolution());
        assertThat(backend.allocatedBytes() - before).isGreaterThanOrEqualTo(KERNEL.byteSize());

        conv.close();

        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    private static Program convolution() {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Conv(POINTWISE), builder.parameter(IMAGE), builder.parameter(KERNEL)));
    }

    private static Program convolutionThenDoubling() {
        ProgramBuilder builder = new ProgramBuilder();
        Value image = builder.parameter(IMAGE);
        Value kernel = builder.parameter(KERNEL);
        builder.update(kernel, twice(builder, kernel));
        return builder.build(builder.add(new Conv(POINTWISE), image, kernel));
    }

    private static Program doubling() {
        ProgramBuilder builder = new ProgramBuilder();
        Value kernel = builder.parameter(KERNEL);
        builder.update(kernel, twice(builder, kernel));
        return builder.build(List.of());
    }

    private static Program product() {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Binary(BinaryKind.MUL), builder.parameter(KERNEL), builder.parameter(KERNEL)));
    }

    private static Value twice(ProgramBuilder builder, Value value) {
        return builder.add(new Binary(BinaryKind.MUL), value, builder.constant(Literal.scalar(DType.FLOAT32, 2)));
    }

    private float first(Executable program, Buffer... arguments) {
        try (Buffer result = backend.allocate(RESULT)) {
            program.run(arguments, new Buffer[] {result});
            ByteBuffer bytes = ByteBuffer.allocate((int) RESULT.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
            result.read(bytes);
            return bytes.getFloat(0);
        }
    }

    private Buffer filled(TensorType type, float value) {
        Buffer buffer = backend.allocate(type);
        fill(buffer, value);
        return buffer;
    }

    private static void fill(Buffer buffer, float value) {
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.type().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, bytes.capacity() / 4).forEach(i -> bytes.putFloat(4 * i, value));
        buffer.write(bytes);
    }
}
