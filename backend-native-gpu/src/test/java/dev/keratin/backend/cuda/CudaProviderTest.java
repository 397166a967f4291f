package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keratin.backend.spi.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Why the backend can't run, in machines that are told and in processes of their own. */
class CudaProviderTest {
    @TempDir
    private Path folder;

    /** Prints the reason, or that there is none. */
    static final class PrintReason {
        public static void main(String[] arguments) {
            System.out.println("reason=" + new CudaProvider().unavailableReason().orElse("none"));
        }
    }

    private static Optional<String> reason(FakeHost machine) {
        return new CudaProbe(machine.host()).reason();
    }

    /** Of a machine with a driver where the linker knows some libraries. */
    private static Optional<String> reasonWith(String... libraries) {
        return reason(new FakeHost().files("/dev/nvidiactl").linker(libraries));
    }

    private String reasonOfChild(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache")));
        all.addAll(List.of(options));
        return Child.output(PrintReason.class, environment, all);
    }

    @Test
    void provider_byServiceLoader_isFoundAndNeverTheDefault() {
        BackendProvider found = ServiceLoader.load(BackendProvider.class).stream().map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("cuda")).findFirst().orElseThrow();
        assertThat(found.priority()).isNegative();
    }

    @Test
    void reason_switchedOff_saysSo() {
        assertThat(reason(new FakeHost().property("keratin.cuda", "off"))).contains("it is switched off by -Dkeratin.cuda=off");
    }

    @Test
    void reason_otherPlatform_namesBoth() {
        assertThat(reason(new FakeHost().property("os.name", "Mac OS X").property("os.arch", "aarch64")))
                .contains("it is made for 64-bit x86 Linux and this is Mac OS X aarch64");
    }

    @Test
    void reason_noDriver_saysWhatItTakes() {
        assertThat(reason(new FakeHost())).contains("there is no NVIDIA driver here (no /dev/nvidiactl):"
                + " it takes an NVIDIA GPU and its driver, version 580 or later");
    }

    @Test
    void reason_libraryThatNothingKnows_isNamedByFilesAlone() {
        assertThat(reasonWith("libcudart.so.13")).contains(
                "libcuda.so.1 was not found: is an NVIDIA driver, version 580 or later, installed?");
        assertThat(reasonWith("libcuda.so.1")).contains(
                "libcudart.so.13 was not found: install CUDA 13, or name its folder with -Dkeratin.cuda.libraries=FOLDER");
        assertThat(reasonWith("libcuda.so.1", "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libnvrtc.so.13")).contains(
                "libcudnn_graph.so.9 was not found: install cuDNN 9, or name its folder with -Dkeratin.cuda.libraries=FOLDER");
    }

    @Test
    void missing_linkerThatCannotBeAsked_isNotDecided() {
        assertThat(new CudaLibraries(new FakeHost().host()).missing()).isEmpty();
    }

    @Test
    void missing_inAFolderThatJavaCppIsToldOf_isThere() {
        FakeHost machine = new FakeHost().property("org.bytedeco.javacpp.platform.linkpath", "/nvidia").linker("libc.so.6");
        for (String library : List.of("libcuda.so.1", "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libnvrtc.so.13",
                "libcudnn_graph.so.9", "libcudnn_ops.so.9", "libcudnn_cnn.so.9", "libcudnn_adv.so.9")) {
            assertThat(new CudaLibraries(machine.host()).missing()).hasValue(library);
            machine.files("/nvidia/" + library);
        }
        assertThat(new CudaLibraries(machine.host()).missing()).isEmpty();
    }

    @Test
    void unloadable_libraryNotThere_saysWhatToInstall() {
        assertThat(unloadable("/cache/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such file or directory"))
                .isEqualTo("libcuda.so.1 was not found: is an NVIDIA driver, version 580 or later, installed?");
        assertThat(unloadable("/cache/libjnicudnn.so: libcudnn_cnn.so.9: cannot open shared object file: No such file or directory"))
                .isEqualTo("libcudnn_cnn.so.9 was not found: install cuDNN 9, or name its folder with -Dkeratin.cuda.libraries=FOLDER");
        assertThat(unloadable("/cache/libjnicublas.so: libcublas.so.13: cannot open shared object file: No such file or directory"))
                .isEqualTo("libcublas.so.13 was not found: install CUDA 13, or name its folder with -Dkeratin.cuda.libraries=FOLDER");
    }

    private static String unloadable(String message) {
        return CudaProbe.unloadable(new ExceptionInInitializerError(new UnsatisfiedLinkError(message)));
    }

    @Test
    void unloadable_presetNotThere_asksForTheJar() {
        assertThat(CudaProbe.unloadable(new NoClassDefFoundError("org/bytedeco/cuda/global/cudart")))
                .isEqualTo("its libraries don't load (org/bytedeco/cuda/global/cudart):"
                        + " is the jar org.bytedeco:cuda for linux-x86_64 on the class path?");
    }

    @Test
    void create_cannotRun_saysWhy() {
        System.setProperty(CudaProbe.SWITCH, "off");
        try {
            assertThatThrownBy(() -> new CudaProvider().create()).isInstanceOf(IllegalStateException.class)
                    .hasMessage("cuda: a device is required. Received: none, since it is switched off by -Dkeratin.cuda=off.");
        } finally {
            System.clearProperty(CudaProbe.SWITCH);
        }
    }

    @Test
    void reason_thisMachineWithoutDriver_loadsNothing() throws Exception {
        assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a driver");
        String output = reasonOfChild(Map.of(), "-Xlog:class+load");
        assertThat(output).contains("reason=").contains("dev.keratin.backend.cuda.CudaProbe").doesNotContain("org.bytedeco");
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reason_driverWithoutDevice_saysSo() throws Exception {
        assertThat(reasonOfChild(Map.of("FAKE_DEVICES", "0"), "-Dkeratin.cuda.libraries=" + FakeCuda.folder()))
                .contains("reason=the NVIDIA driver doesn't start (CUDA_ERROR_NO_DEVICE, 100):"
                        + " is there a GPU that this process may use?");
    }

    /** The libraries are large. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void reason_driverWithoutDevice_loadsNothingElse() throws Exception {
        List<String> options = List.of("-Dkeratin.cuda.libraries=" + FakeCuda.folder(), "-Xlog:library=info");
        assertThat(reasonOfChild(Map.of("FAKE_DEVICES", "0"), options.toArray(String[]::new))).contains("libcuda.so.1")
                .contains("libcudart.so.13").doesNotContain("libcublas").doesNotContain("libcudnn").doesNotContain("libnvrtc");
        assertThat(reasonOfChild(Map.of(), options.toArray(String[]::new))).contains("libcublasLt.so.13").contains("libcudnn_graph.so.9");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reason_oldDriver_namesBothVersions() throws Exception {
        assertThat(reasonOfChild(Map.of("FAKE_DRIVER", "12040"), "-Dkeratin.cuda.libraries=" + FakeCuda.folder()))
                .contains("reason=the NVIDIA driver is for CUDA 12.4: version 580 or later is required");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reason_oldDevice_namesBothCapabilities() throws Exception {
        assertThat(reasonOfChild(Map.of("FAKE_CAPABILITY", "7"), "-Dkeratin.cuda.libraries=" + FakeCuda.folder()))
                .contains("reason=the GPU has compute capability 7.0: 8.0 or later is required");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reason_driverWithoutLibraries_namesOneToInstall() throws Exception {
        assumeFalse(Files.exists(Path.of("/usr/local/cuda/lib64/libcublasLt.so.13")), "this machine has CUDA 13");
        Files.copy(FakeCuda.folder().resolve("libcuda.so.1"), folder.resolve("libcuda.so.1"));
        assumeTrue(Files.exists(Path.of("/etc/ld.so.cache")), "the linker has no cache");
        String output = reasonOfChild(Map.of(), "-Dkeratin.cuda.libraries=" + folder, "-Xlog:class+load");
        assertThat(output).containsPattern(
                "reason=lib\\w+\\.so\\.13 was not found: install CUDA 13, or name its folder with -Dkeratin.cuda.libraries=FOLDER")
                .doesNotContain("org.bytedeco");
    }
}
