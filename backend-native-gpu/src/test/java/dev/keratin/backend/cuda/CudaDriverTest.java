package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that are made of NVIDIA's libraries, on a device that is faked behind their own functions. */
@EnabledOnOs(OS.LINUX)
class CudaDriverTest extends OnFakeDevice {
    private static final TensorType MATRIX = TensorType.of(DType.FLOAT32, 2, 2);
    private static final int OUT_OF_MEMORY = 2;
    private static final int ILLEGAL_ADDRESS = 700;


    @BeforeEach
    void forgetCalls() {
        FakeCuda.calls();
    }

    @AfterEach
    void mend() {
        FakeCuda.crash(0);
        FakeCuda.limit(1L << 32);
    }

    /** y = x * x + x, then x is replaced by x + y: two launches, a product between them. */
    private static Program program() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(MATRIX);
        Value y = builder.add(new Binary(BinaryKind.ADD), builder.add(new MatMul(false, false), x, x), x);
        return builder.build(List.of(y, builder.add(new Binary(BinaryKind.MUL), y, y)));
    }

    private Buffer buffer(float... elements) {
        Buffer buffer = backend.allocate(MATRIX);
        write(buffer, elements);
        return buffer;
    }

    private static void write(Buffer buffer, float... elements) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (float each : elements) {
            bytes.putFloat(each);
        }
        buffer.write(bytes.flip());
    }

    private static float[] read(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        return new float[] {bytes.getFloat(0), bytes.getFloat(4), bytes.getFloat(8), bytes.getFloat(12)};
    }

    private static long count(String calls, String function) {
        return calls.lines().filter(function::equals).count();
    }

    @Test
    void describe_fakeDevice_namesDeviceAndLibraries() {
        assertThat(backend.describe()).isEqualTo("Fake device, compute capability 9.0, 4096 MiB;"
                + " driver for CUDA 13.0, NVRTC 13.0, cuBLASLt 130000, cuDNN 91900");
    }

    @Test
    void copyIn_largerThanAPiece_arrivesWhole() {
        CudaDriver driver = CudaDriver.open();
        byte[] bytes = new byte[(9 << 20) + 5];
        new Random(1).nextBytes(bytes);
        long address = driver.allocate(bytes.length);
        driver.copyInUnused(ByteBuffer.wrap(bytes), address);
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        driver.copyOut(address, back);
        assertThat(back.array()).isEqualTo(bytes);
    }

    @Test
    void run_sameBuffersAgain_isRecordedOnceAndThenOneCall() {
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 2, 3, 4); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            Buffer[] arguments = {x};
            Buffer[] results = {y, z};
            executable.run(arguments, results);
            assertThat(FakeCuda.calls()).contains("cuLaunchKernel").doesNotContain("Graph");
            executable.run(arguments, results);
            assertThat(FakeCuda.calls()).contains("cuStreamBeginCapture_v2").contains("cuGraphLaunch");
            write(x, 2, 0, 0, 2);
            FakeCuda.calls();
            executable.run(arguments, results);
            assertThat(FakeCuda.calls()).isEqualTo("cuGraphLaunch\n");
            assertThat(read(y)).containsExactly(6, 0, 0, 6);
            assertThat(read(z)).containsExactly(36, 0, 0, 36);
        }
    }

    @Test
    void run_otherBuffers_isNotReplayedFromTheirs() {
        try (Executable executable = backend.compile(program()); Buffer a = buffer(1, 0, 0, 1); Buffer b = buffer(3, 0, 0, 3);
                Buffer y = backend.allocate(MATRIX); Buffer z = backend.allocate(MATRIX)) {
            Buffer[] results = {y, z};
            for (int i = 0; i < 3; i++) {
                executable.run(new Buffer[] {a}, results);
                assertThat(read(y)).containsExactly(2, 0, 0, 2);
                executable.run(new Buffer[] {b}, results);
                assertThat(read(y)).containsExactly(12, 0, 0, 12);
            }
        }
    }

    @Test
    void run_captureRefused_goesOnStepByStep() {
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            FakeCuda.fail("cuStreamEndCapture", 1, 901);
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(FakeCuda.calls()).doesNotContain("cuGraphLaunch");
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(FakeCuda.calls()).doesNotContain("Capture");
        }
    }

    @Test
    void run_noMemoryForTheGraph_goesOnStepByStep() {
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            FakeCuda.fail("cuGraphInstantiateWithFlags", 1, OUT_OF_MEMORY);
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(FakeCuda.calls()).contains("cuGraphDestroy").doesNotContain("cuGraphLaunch");
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
        }
    }

    @Test
    void compile_damagedKernelsInTheCache_compilesThemAgain(@TempDir Path folder) throws IOException {
        String before = System.setProperty(KernelCache.PROPERTY, folder.toString());
        try {
            assertThat(compiles()).as("nothing is cached").isPositive();
            assertThat(compiles()).as("everything is cached").isZero();
            try (Stream<Path> kernels = Files.list(folder)) {
                for (Path kernel : kernels.toList()) {
                    Files.write(kernel, new byte[] {1, 2, 3});
                }
            }
            assertThat(compiles()).as("all are damaged").isPositive();
            assertThat(compiles()).as("all are mended").isZero();
        } finally {
            System.setProperty(KernelCache.PROPERTY, before);
        }
    }

    /** How many kernels a driver that starts now compiles for the program, which gives what it should. */
    private long compiles() {
        backend = new CudaBackend(CudaDriver.open());
        FakeCuda.calls();
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
        }
        return count(FakeCuda.calls(), "nvrtcCompileProgram");
    }

    @Test
    void run_deviceFailsWhileWorkIsRecorded_isReportedAsTheFirstError() {
        Executable executable = backend.compile(program());
        Buffer x = buffer(1, 0, 0, 1);
        Buffer[] results = {backend.allocate(MATRIX), backend.allocate(MATRIX)};
        executable.run(new Buffer[] {x}, results);
        FakeCuda.fail("cuLaunchKernel", 1, ILLEGAL_ADDRESS);
        assertThatThrownBy(() -> executable.run(new Buffer[] {x}, results)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Received: CUDA_ERROR_ILLEGAL_ADDRESS, 700 of cuLaunchKernel");
    }

    /** A step whose input and results are made anew each time, as a training loop does. */
    private String step(Executable executable) {
        FakeCuda.calls();
        try (Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX); Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
        }
        return FakeCuda.calls();
    }

    @Test
    void run_freshBuffersAfterManyWereClosed_areAmongTheAddressesThatWereMet() {
        List<Buffer> others = Stream.generate(() -> buffer(1, 2, 3, 4)).limit(5 * Replay.MOST).toList();
        others.forEach(Buffer::close);
        try (Executable executable = backend.compile(program())) {
            Stream.generate(() -> step(executable)).limit(8).forEach(calls -> {});
            assertThat(step(executable)).contains("cuGraphLaunch").doesNotContain("cuLaunchKernel").doesNotContain("cuMemAlloc");
        }
    }

    @Test
    void run_moreAddressesInTurnThanAreKept_areReplayedWhereTheyAre() {
        try (Executable executable = backend.compile(program()); Buffer y = backend.allocate(MATRIX); Buffer z = backend.allocate(MATRIX)) {
            List<Buffer> inputs = Stream.generate(() -> buffer(1, 0, 0, 1)).limit(Replay.MOST + 1).toList();
            for (int round = 0; round < 2; round++) {
                inputs.forEach(x -> executable.run(new Buffer[] {x}, new Buffer[] {y, z}));
            }
            FakeCuda.calls();
            inputs.forEach(x -> executable.run(new Buffer[] {x}, new Buffer[] {y, z}));
            assertThat(count(FakeCuda.calls(), "cuGraphLaunch")).isEqualTo(Replay.MOST);
            inputs.forEach(Buffer::close);
        }
    }

    @Test
    void run_fromThreadsInTurn_eachHasTheContext() throws InterruptedException {
        try (Executable executable = backend.compile(program())) {
            List<Throwable> failures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> step(executable));
                thread.setUncaughtExceptionHandler((failed, error) -> failures.add(error));
                thread.start();
                thread.join();
                step(executable);
            }
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void capture_workThatAllocates_isNotRecorded() {
        CudaDriver driver = CudaDriver.open();
        assertThat(driver.capture(() -> driver.allocate(1 << 10))).isZero();
        assertThat(driver.allocate(1 << 10)).as("afterwards").isNotZero();
    }

    @Test
    void write_whileARunIsUnderWay_doesNotWaitForIt() {
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            FakeCuda.calls();
            try (Buffer next = buffer(5, 0, 0, 5)) {
                assertThat(FakeCuda.calls()).doesNotContain("cuStreamSynchronize");
                assertThat(read(y)).containsExactly(2, 0, 0, 2);
                assertThat(read(next)).containsExactly(5, 0, 0, 5);
            }
        }
    }

    @Test
    void allocate_afterFree_asksTheDriverOnce() {
        backend.allocate(MATRIX).close();
        FakeCuda.calls();
        long before = backend.systemAllocations();
        backend.allocate(MATRIX).close();
        assertThat(count(FakeCuda.calls(), "cuMemAlloc_v2")).isZero();
        assertThat(backend.systemAllocations()).isEqualTo(before);
    }

    @Test
    void compile_plan_takesOneBlockForAllItsMemory() {
        try (Executable executable = backend.compile(program())) {
            assertThat(count(FakeCuda.calls(), "cuMemAlloc_v2")).as(executable.explain()).isEqualTo(1);
        }
    }

    @Test
    void allocate_freeBlocksOfOtherSizes_areGivenBackFirst() {
        FakeCuda.limit(FakeCuda.inUse() + (8 << 20));
        backend.allocate(TensorType.of(DType.FLOAT32, 1 << 20)).close();
        try (Buffer large = backend.allocate(TensorType.of(DType.FLOAT32, 3 << 19))) {
            assertThat(large.isClosed()).isFalse();
        }
    }

    @Test
    void compile_moreThanTheDeviceHas_namesOpsAndLargestValues() {
        FakeCuda.limit(FakeCuda.inUse());
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(TensorType.of(DType.FLOAT32, 2000, 2000));
        Value y = builder.add(new MatMul(false, false), x, x);
        Program large = builder.build(List.of(builder.add(new MatMul(false, false), y, y)));
        assertThatThrownBy(() -> backend.compile(large)).isInstanceOf(OutOfBackendMemoryException.class)
                .hasMessageContaining("bytes of device memory are required for the working memory of a program,"
                        + " most of it for float32[2000, 2000] of matMul").hasMessageContaining("Received: none, ")
                .hasMessageContaining("use smaller batches");
    }

    @Test
    void launch_fails_namesCallAndOp() {
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            FakeCuda.fail("cublasLtMatmul", 1, 13);
            assertThatThrownBy(() -> executable.run(new Buffer[] {x}, new Buffer[] {y, z})).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Received: CUBLAS_STATUS, 13 of cublasLtMatmul in").hasMessageContaining("MatMul");
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
        }
    }

    @Test
    void device_fails_isReportedOnceWithTheStepsAndThenAtOnce() {
        Executable executable = backend.compile(program());
        Buffer x = buffer(1, 0, 0, 1);
        Buffer y = backend.allocate(MATRIX);
        Buffer z = backend.allocate(MATRIX);
        executable.run(new Buffer[] {x}, new Buffer[] {y, z});
        FakeCuda.crash(ILLEGAL_ADDRESS);
        assertThatThrownBy(() -> read(y)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Received: CUDA_ERROR_ILLEGAL_ADDRESS, 700 of cu").hasMessageContaining("steps before it")
                .hasMessageContaining("-Dkeratin.cuda.synchronous=true");
        FakeCuda.calls();
        assertThatThrownBy(() -> executable.run(new Buffer[] {x}, new Buffer[] {y, z})).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it failed before (CUDA_ERROR_ILLEGAL_ADDRESS, 700").hasMessageContaining("Start the process again");
        requireFailedBefore(() -> read(z));
        requireFailedBefore(() -> write(x, 1, 2, 3, 4));
        requireFailedBefore(() -> backend.allocate(MATRIX));
        requireFailedBefore(() -> backend.compile(program()));
        x.close();
        executable.close();
        assertThat(FakeCuda.calls()).isEmpty();
    }

    private static void requireFailedBefore(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Received: it failed before (CUDA_ERROR_ILLEGAL_ADDRESS, 700 of cu");
    }

    @Test
    void device_failsWhenEveryStepIsWaitedFor_namesTheStep() {
        System.setProperty(Faults.SYNCHRONOUS, "true");
        try {
            backend = new CudaBackend(CudaDriver.open());
        } finally {
            System.clearProperty(Faults.SYNCHRONOUS);
        }
        Executable executable = backend.compile(program());
        Buffer x = buffer(1, 0, 0, 1);
        Buffer[] results = {backend.allocate(MATRIX), backend.allocate(MATRIX)};
        FakeCuda.fail("cuLaunchKernel", 1, ILLEGAL_ADDRESS);
        assertThatThrownBy(() -> executable.run(new Buffer[] {x}, results)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS, 700 of cuLaunchKernel in").hasMessageContaining("Unary[kind=SQUARE]. The device")
                .hasMessageEndingWith("The device can't be used any more: start the process again.");
    }

    @ParameterizedTest
    @ValueSource(ints = {214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721, 999})
    void status_errorOfTheDevice_isSticky(int status) {
        assertThat(Status.isSticky(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, OUT_OF_MEMORY, 200, 209, 400, 600, 701, 900, 901})
    void status_errorOfTheCall_isNotSticky(int status) {
        assertThat(Status.isSticky(status)).isFalse();
    }

    @Test
    void allocate_driverRefuses_isNotAnErrorOfTheDevice() {
        FakeCuda.fail("cuMemAlloc_v2", 1, OUT_OF_MEMORY);
        FakeCuda.limit(FakeCuda.inUse());
        TensorType type = TensorType.of(DType.FLOAT64, 1000, 1000);
        assertThatThrownBy(() -> backend.allocate(type)).isInstanceOf(OutOfBackendMemoryException.class)
                .hasMessageContaining("8000000 bytes of device memory are required for a buffer float64[1000, 1000]");
    }
}
