package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The calls that are made of NVIDIA's libraries, on a device that is faked behind their own functions. */
@EnabledOnOs(OS.LINUX)
class CudaDriverTest extends CallsOnFakeDevice {
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
    void run_fromANewThread_hasTheContextAlsoForALibrary() throws InterruptedException {
        Executable executable = backend.compile(program());
        Buffer x = buffer(1, 0, 0, 1);
        Buffer[] results = {backend.allocate(MATRIX), backend.allocate(MATRIX)};
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(() -> executable.run(new Buffer[] {x}, results));
        thread.setUncaughtExceptionHandler((failed, error) -> failures.add(error));
        thread.start();
        thread.join();
        assertThat(failures).isEmpty();
        assertThat(read(results[0])).containsExactly(2, 0, 0, 2);
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
}
