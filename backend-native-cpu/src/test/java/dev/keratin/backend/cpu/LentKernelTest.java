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
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kernel that a program has in another order is resident once, and its buffer holds it whenever somebody looks. */
class LentKernelTest {
    private static final long SEED = 5;
    private static final int THREADS = 8;
    private static final int ROUNDS = 20;
    private static final ConvSpec POINTWISE = new ConvSpec(List.of(1, 1), List.of(0, 0), List.of(0, 0), List.of(1, 1), 1);
    /** Large enough to be lent. */
    private static final TensorType KERNEL = TensorType.of(DType.FLOAT32, 1, 1, 128, 128);
    private static final TensorType IMAGE = TensorType.of(DType.FLOAT32, 1, 4, 4, 128);

    private final Backend backend = new NativeCpuProvider().create();

    @ParameterizedTest
    @CsvSource({"FLOAT32, 3, 128, 64", "FLOAT32, 1, 131, 257", "BFLOAT16, 3, 128, 64", "BFLOAT16, 3, 131, 67", "FLOAT16, 3, 128, 64"})
    void read_kernelThatAProgramHas_givesTheBitsThatWereWritten(DType dtype, int window, int channels, int filters) {
        TensorType kernelType = TensorType.of(dtype, window, window, channels, filters);
        ByteBuffer bits = AgainstReference.empty(kernelType);
        new Random(SEED).nextBytes(bits.array());
        try (Executable conv = backend.compile(convolution(TensorType.of(dtype, 1, 8, 8, channels), kernelType));
                Buffer kernel = backend.allocate(kernelType)) {
            kernel.write(bits);

            first(conv, 1, kernel);

            if (dtype == DType.FLOAT32) { // others only where the processor computes with them
                assertThat(NativeLibrary.lentBytes()).isGreaterThanOrEqualTo(kernelType.byteSize());
            }
            assertThat(read(kernel)).as("seed %s", SEED).isEqualTo(bits);
        }
    }

    @Test
    void run_kernelReadByOneConvolution_lendsItsBufferUntilItIsRead() {
        long before = NativeLibrary.lentBytes();
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL)); Buffer kernel = filled(KERNEL, 2)) {
            assertThat(first(conv, 1, kernel)).isEqualTo(256);
            assertThat(NativeLibrary.lentBytes() - before).isEqualTo(KERNEL.byteSize());

            assertThat(read(kernel).getFloat(0)).isEqualTo(2);

            assertThat(NativeLibrary.lentBytes()).isEqualTo(before);
            assertThat(first(conv, 1, kernel)).isEqualTo(256);
            assertThat(NativeLibrary.lentBytes()).as("taken back for good").isEqualTo(before);
        }
    }

    @Test
    void run_kernelReadBeforeTheFirstRun_lendsItsBuffer() {
        long before = NativeLibrary.lentBytes();
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL)); Buffer kernel = filled(KERNEL, 2)) {
            read(kernel);
            first(conv, 1, kernel);

            assertThat(NativeLibrary.lentBytes() - before).isEqualTo(KERNEL.byteSize());
        }
    }

    @Test
    void run_kernelWrittenWhileLent_readsTheNewOne() {
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL)); Buffer kernel = filled(KERNEL, 2)) {
            first(conv, 1, kernel);
            kernel.write(elements(KERNEL, 3));

            assertThat(first(conv, 1, kernel)).isEqualTo(384);
            assertThat(read(kernel)).isEqualTo(elements(KERNEL, 3));
        }
    }

    @Test
    void run_programThatUpdatesALentKernel_updatesWhatItHeld() {
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL));
                Executable doubling = backend.compile(doubling());
                Buffer kernel = filled(KERNEL, 2)) {
            first(conv, 1, kernel);
            doubling.run(new Buffer[] {kernel}, new Buffer[0]);
            assertThat(first(conv, 1, kernel)).isEqualTo(512);
            doubling.run(new Buffer[] {kernel}, new Buffer[0]);

            assertThat(first(conv, 1, kernel)).isEqualTo(1024);
            assertThat(read(kernel)).isEqualTo(elements(KERNEL, 8));
        }
    }

    @Test
    void run_programWhoseResultIsALentKernel_replacesIt() {
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL));
                Executable sum = backend.compile(sum());
                Buffer two = filled(KERNEL, 2);
                Buffer kernel = filled(KERNEL, 1)) {
            first(conv, 1, kernel);
            sum.run(new Buffer[] {two, two}, new Buffer[] {kernel});

            assertThat(read(kernel)).isEqualTo(elements(KERNEL, 4));
            assertThat(first(conv, 1, kernel)).isEqualTo(512);
        }
    }

    @Test
    void run_twoProgramsWithOneKernel_bothReadIt() {
        TensorType larger = TensorType.of(DType.FLOAT32, 8, 32, 32, 128);
        try (Executable small = backend.compile(convolution(IMAGE, KERNEL));
                Executable large = backend.compile(convolution(larger, KERNEL));
                Buffer kernel = filled(KERNEL, 2)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(first(small, i, kernel)).isEqualTo(256 * i);
                assertThat(first(large, i, kernel)).isEqualTo(256 * i);
            }
            assertThat(read(kernel)).isEqualTo(elements(KERNEL, 2));
        }
    }

    @Test
    void run_twoBuffersInTurn_readsTheRightOne() {
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL));
                Buffer two = filled(KERNEL, 2);
                Buffer three = filled(KERNEL, 3)) {
            for (int i = 0; i < 3; i++) {
                assertThat(first(conv, 1, two)).isEqualTo(256);
                assertThat(first(conv, 1, three)).isEqualTo(384);
            }
            assertThat(read(two)).isEqualTo(elements(KERNEL, 2));
            assertThat(read(three)).isEqualTo(elements(KERNEL, 3));
        }
    }

    @Test
    void run_kernelReadElsewhereInTheProgram_isNotLent() {
        long before = NativeLibrary.lentBytes();
        TensorType image = TensorType.of(DType.FLOAT32, 1, 1, 128, 128);
        ProgramBuilder builder = new ProgramBuilder();
        Value from = builder.parameter(image);
        Value kernel = builder.parameter(KERNEL);
        Value convolved = builder.add(new Conv(POINTWISE), from, kernel);
        try (Executable both = backend.compile(builder.build(builder.add(new Binary(BinaryKind.ADD), convolved, kernel)));
                Buffer weights = filled(KERNEL, 2)) {
            for (int i = 0; i < 2; i++) {
                assertThat(first(both, 1, weights)).isEqualTo(258);
                assertThat(NativeLibrary.lentBytes()).isEqualTo(before);
            }
        }
    }

    @Test
    void run_bufferGivenForAnotherParameterToo_isNotLent() {
        long before = NativeLibrary.lentBytes();
        ProgramBuilder builder = new ProgramBuilder();
        Value convolved = builder.add(new Conv(POINTWISE), builder.parameter(IMAGE), builder.parameter(KERNEL));
        Value other = builder.add(new Binary(BinaryKind.ADD), builder.parameter(KERNEL), builder.constant(Literal.scalar(DType.FLOAT32, 1)));
        try (Executable both = backend.compile(builder.build(List.of(convolved, other)));
                Buffer kernel = filled(KERNEL, 2);
                Buffer image = filled(IMAGE, 1);
                Buffer sum = backend.allocate(KERNEL);
                Buffer output = backend.allocate(IMAGE)) {
            both.run(new Buffer[] {image, kernel, kernel}, new Buffer[] {output, sum});

            assertThat(read(sum)).isEqualTo(elements(KERNEL, 3));
            assertThat(NativeLibrary.lentBytes()).isEqualTo(before);
        }
    }

    @Test
    void close_programThatBorrowed_putsTheKernelBackAndItCanBeLentAgain() {
        long before = NativeLibrary.lentBytes();
        try (Buffer kernel = filled(KERNEL, 2)) {
            for (int i = 0; i < 3; i++) {
                try (Executable conv = backend.compile(convolution(IMAGE, KERNEL))) {
                    assertThat(first(conv, 1, kernel)).isEqualTo(256);
                    assertThat(NativeLibrary.lentBytes() - before).isEqualTo(KERNEL.byteSize());
                }
                assertThat(NativeLibrary.lentBytes()).isEqualTo(before);
            }
            assertThat(read(kernel)).isEqualTo(elements(KERNEL, 2));
        }
    }

    @Test
    void close_lentBuffer_givesItsMemoryBack() {
        long lent = NativeLibrary.lentBytes();
        long live = backend.allocatedBytes();
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL))) {
            try (Buffer kernel = filled(KERNEL, 2)) {
                first(conv, 1, kernel);
            }
            assertThat(NativeLibrary.lentBytes()).isEqualTo(lent);
            try (Buffer kernel = filled(KERNEL, 3)) {
                assertThat(first(conv, 1, kernel)).isEqualTo(384);
            }
        }
        assertThat(backend.allocatedBytes()).isEqualTo(live);
    }

    @Test
    void read_lentBufferWithoutAnyMemoryLeft_givesTheElements() {
        try (Executable conv = backend.compile(convolution(IMAGE, KERNEL)); Buffer kernel = filled(KERNEL, 2)) {
            first(conv, 1, kernel);
            NativeLibrary.setMemoryLimit(1);

            assertThat(read(kernel)).isEqualTo(elements(KERNEL, 2));
        } finally {
            NativeLibrary.setMemoryLimit(0);
        }
    }

    @Test
    void run_eightThreadsWhileOthersRead_allSeeTheKernel() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try (Executable conv = backend.compile(convolution(IMAGE, KERNEL)); Buffer kernel = filled(KERNEL, 2)) {
                    List<Future<Float>> seen = IntStream.range(0, THREADS + 2).mapToObj(i -> threads.submit(() ->
                            i < THREADS ? first(conv, 1, kernel) / 128 : read(kernel).getFloat(4 * i))).toList();
                    for (Future<Float> each : seen) {
                        assertThat(each.get()).isEqualTo(2);
                    }
                    assertThat(read(kernel)).isEqualTo(elements(KERNEL, 2));
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Program convolution(TensorType image, TensorType kernel) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Conv(POINTWISE), builder.parameter(image), builder.parameter(kernel)));
    }

    private static Program doubling() {
        ProgramBuilder builder = new ProgramBuilder();
        Value kernel = builder.parameter(KERNEL);
        builder.update(kernel, builder.add(new Binary(BinaryKind.MUL), kernel, builder.constant(Literal.scalar(DType.FLOAT32, 2))));
        return builder.build(List.of());
    }

    private static Program sum() {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Binary(BinaryKind.ADD), builder.parameter(KERNEL), builder.parameter(KERNEL)));
    }

    /** The first element of what a program makes of an image full of one number. */
    private float first(Executable program, float image, Buffer kernel) {
        try (Buffer pixels = filled(program.program().parameterTypes().get(0), image);
                Buffer result = backend.allocate(program.program().resultTypes().get(0))) {
            program.run(new Buffer[] {pixels, kernel}, new Buffer[] {result});
            return read(result).getFloat(0);
        }
    }

    private static ByteBuffer read(Buffer buffer) {
        ByteBuffer bytes = AgainstReference.empty(buffer.type());
        buffer.read(bytes);
        return bytes;
    }

    private Buffer filled(TensorType type, float value) {
        Buffer buffer = backend.allocate(type);
        buffer.write(elements(type, value));
        return buffer;
    }

    private static ByteBuffer elements(TensorType type, float value) {
        ByteBuffer bytes = AgainstReference.empty(type);
        IntStream.range(0, bytes.capacity() / 4).forEach(i -> bytes.putFloat(4 * i, value));
        return bytes;
    }
}
