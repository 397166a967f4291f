package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of calls and of the device are reported where they are met, those of the device once. */
@EnabledOnOs(OS.LINUX)
class FaultsTest extends CallsOnFakeDevice {
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

    /** The library says in a code of its own that its call failed. */
    @Test
    void library_failsSinceTheDeviceHas_isReportedAsTheErrorOfTheDevice() {
        Executable executable = backend.compile(program());
        Buffer x = buffer(1, 0, 0, 1);
        Buffer[] results = {backend.allocate(MATRIX), backend.allocate(MATRIX)};
        FakeCuda.crash(ILLEGAL_ADDRESS);
        assertThatThrownBy(() -> executable.run(new Buffer[] {x}, results)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Received: CUDA_ERROR_ILLEGAL_ADDRESS, 700 of cublasLtMatmul in MatMul")
                .hasMessageContaining("The device can't be used any more");
        requireFailedBefore(() -> executable.run(new Buffer[] {x}, results));
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
}
