package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said from files alone, and that nothing is refused which the driver might accept. */
class DriverFilesTest {
    private static final String USUAL = "/usr/lib/x86_64-linux-gnu/libcuda.so.1";

    /** A machine with a driver, its device and its library. */
    private static FakeHost machine(String library) {
        return new FakeHost().files("/dev/nvidiactl", "/dev/nvidia0", "/proc/driver/nvidia/version", "/proc/driver/nvidia/gpus/0000:01:00.0")
                .link(USUAL, library).linker("libcuda.so.1", USUAL);
    }

    private static void requireOpen(FakeHost machine) {
        assertThat(new DriverFiles(machine.host()).reason()).isEmpty();
    }

    private static void requireReason(FakeHost machine, String reason) {
        assertThat(new DriverFiles(machine.host()).reason()).hasValue(reason);
    }

    @Test
    void reason_driverAndDevice_isLeftToTheDriver() {
        requireOpen(machine("libcuda.so.580.65.06"));
        requireOpen(machine("libcuda.so.1"));
    }

    @Test
    void reason_nothingOfADriver_saysWhatItTakes() {
        requireReason(new FakeHost(), "there is no NVIDIA driver here (no /dev/nvidiactl):"
                + " it takes an NVIDIA GPU and its driver, version 580 or later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/nvidiactl", "/dev/dxg", "/usr/bin/nvidia-modprobe"})
    void reason_oneSignOfADriver_isLeftToTheDriver(String sign) {
        requireOpen(new FakeHost().files(sign));
    }

    @Test
    void reason_driverThatTheUserBrings_isLeftToTheDriver() {
        requireOpen(new FakeHost().property(CudaLibraries.PROPERTY, "/mine").files("/mine/libcuda.so.1"));
    }

    @Test
    void reason_driverWithoutGpu_saysSo() {
        requireReason(new FakeHost().files("/dev/nvidiactl", "/proc/driver/nvidia/version"),
                "the NVIDIA driver has no GPU (none in /dev and in /proc/driver/nvidia/gpus)");
    }

    @Test
    void reason_gpuWithoutFileYetOrFileAlone_isLeftToTheDriver() {
        requireOpen(new FakeHost().files("/proc/driver/nvidia/version", "/proc/driver/nvidia/gpus/0000:01:00.0"));
        requireOpen(new FakeHost().files("/proc/driver/nvidia/version", "/dev/nvidia7"));
    }

    @Test
    void reason_windowsBeneath_isLeftToTheDriver() {
        requireOpen(new FakeHost().files("/dev/dxg", "/proc/driver/nvidia/version", "/usr/lib/wsl/lib/libcuda.so.1")
                .linker("libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "-1,0", " -1"})
    void reason_everyGpuHidden_namesTheVariable(String list) {
        requireReason(machine("libcuda.so.1").variable("CUDA_VISIBLE_DEVICES", list), "CUDA_VISIBLE_DEVICES=" + list + " hides every GPU");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1,-1", "GPU-8932f937", "MIG-1", "-12", ","})
    void reason_oneGpuMayBeVisible_isLeftToTheDriver(String list) {
        requireOpen(machine("libcuda.so.1").variable("CUDA_VISIBLE_DEVICES", list));
    }

    @Test
    void reason_oldLibrary_namesBothVersions() {
        requireReason(machine("libcuda.so.550.54.15"), "the NVIDIA driver has version 550.54.15: version 580 or later is required");
    }

    @Test
    void reason_newerLibraryBesideAnOldOne_isLeftToTheDriver() {
        requireOpen(machine("libcuda.so.550.54.15").variable("LD_LIBRARY_PATH", "/usr/local/cuda/compat")
                .link("/usr/local/cuda/compat/libcuda.so.1", "libcuda.so.580.65.06"));
        requireOpen(machine("libcuda.so.550.54.15").link("/opt/compat/libcuda.so.1", "libcuda.so.580.65.06")
                .linker("libcuda.so.1", "/opt/compat/libcuda.so.1", "libcuda.so.1", USUAL));
    }

    @Test
    void reason_linkerThatCannotBeAsked_isLeftToTheDriver() {
        requireOpen(machine("libcuda.so.550.54.15").file("/etc/ld.so.cache", ""));
    }

    @Test
    void reason_driverThatCannotBeOpened_saysSo() {
        requireReason(machine("libcuda.so.580.65.06").closed("/dev/nvidiactl", "No such device"),
                "the NVIDIA driver can't be opened (No such device): is it loaded, and may this process use it?");
    }

    @Test
    void reason_driverThatIsMendedWhenItIsUsed_isLeftToTheDriver() {
        requireOpen(machine("libcuda.so.580.65.06").closed("/dev/nvidiactl", "No such device").files("/usr/bin/nvidia-modprobe"));
    }

    @Test
    void refusal_filesOfThisMachine_areOpenedToReadAndWrite(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertThat(Host.here().files().refusal(file.toString())).isEmpty();
        assertThat(file).hasContent("kept");
        assertThat(Host.here().files().refusal(folder.toString()).orElseThrow()).contains(folder.toString());
        assertThat(Host.here().files().refusal(folder.resolve("none").toString())).isPresent();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** The linker is told of libraries that are newer than the loaded module, and where they are used instead. */
    @Test
    void driver_linkerKnowsOne_isItsChoice() {
        FakeHost machine = machine("libcuda.so.570.86.10");
        assertThat(new CudaLibraries(machine.host()).driver()).isEmpty();
        assertThat(new CudaLibraries(machine.linker("libc.so.6").host()).driver()).hasValue(USUAL);
    }

    @Test
    void driver_userNamesItsFolder_isTakenFromThere() {
        FakeHost machine = machine("libcuda.so.570.86.10").property(CudaLibraries.PROPERTY, "/mine").files("/mine/libcuda.so.1");
        assertThat(new CudaLibraries(machine.host()).driver()).hasValue("/mine/libcuda.so.1");
    }
}
