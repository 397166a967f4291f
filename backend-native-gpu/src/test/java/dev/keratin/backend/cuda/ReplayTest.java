package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What runs again is recorded and then one call, and only for the addresses that it was recorded for. */
@EnabledOnOs(OS.LINUX)
class ReplayTest extends CallsOnFakeDevice {
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
    void capture_workThatAllocates_isNotRecorded() {
        CudaDriver driver = CudaDriver.open();
        assertThat(driver.capture(() -> driver.allocate(1 << 10))).isZero();
        assertThat(driver.allocate(1 << 10)).as("afterwards").isNotZero();
    }

    @Test
    void capture_workEndsWithAnError_isOver() {
        CudaDriver driver = CudaDriver.open();
        assertThatThrownBy(() -> driver.capture(() -> {
            throw new OutOfMemoryError("no heap");
        })).isInstanceOf(OutOfMemoryError.class);
        assertThat(driver.allocate(1 << 10)).as("afterwards").isNotZero();
    }
}
