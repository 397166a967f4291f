package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.cuda.global.nvrtc;

/**
 * Whether this backend can run, and if it can't, what is missing: looked for in the order of what is known soonest, so a
 * machine without a driver, a device or one of the libraries, or with an old driver, gets its answer from files, before anything
 * of CUDA or JavaCPP is loaded.
 */
final class CudaProbe {
    /** Set to {@code off}, this system property keeps the backend from being used. */
    static final String SWITCH = "keratin.cuda";

    private static final Pattern MISSING = Pattern.compile("(lib[\\w+-]+\\.so[.\\d]*): cannot open shared object file");
    private static final int OLDEST_CAPABILITY = 80;
    private static final int OLDEST_DRIVER = 13000;
    private static final long OLDEST_CUDNN = 90800;

    private final Host host;

    CudaProbe(Host host) {
        this.host = host;
    }

    /** Empty if the backend can run, else one sentence. Never throws. */
    Optional<String> reason() {
        Optional<String> early = switchedOff().or(this::wrongPlatform).or(() -> new DriverFiles(host).reason()).or(this::withoutLibrary);
        return early.isPresent() ? early : Libraries.REASON;
    }

    private Optional<String> switchedOff() {
        return host.property(SWITCH).equals("off") ? Optional.of("it is switched off by -D" + SWITCH + "=off") : Optional.empty();
    }

    private Optional<String> wrongPlatform() {
        String platform = host.property("os.name") + " " + host.property("os.arch");
        return platform.equals("Linux amd64") ? Optional.empty() : Optional.of("it is made for 64-bit x86 Linux and this is " + platform);
    }

    private Optional<String> withoutLibrary() {
        return new CudaLibraries(host).missing().map(CudaProbe::missing);
    }

    /** The sentence for libraries that don't load. */
    static String unloadable(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("no message");
        Matcher library = MISSING.matcher(message);
        return library.find() ? missing(library.group(1))
                : "its libraries don't load (" + message + "): is the jar org.bytedeco:cuda for linux-x86_64 on the class path?";
    }

    private static String missing(String library) {
        if (library.equals(CudaLibraries.DRIVER)) {
            return library + " was not found: is an NVIDIA driver, version 580 or later, installed?";
        }
        return library + " was not found: install " + (library.startsWith("libcudnn") ? "cuDNN 9" : "CUDA 13")
                + ", or name its folder with -D" + CudaLibraries.PROPERTY + "=FOLDER";
    }

    /** What only the libraries know; loads them, once. */
    private static final class Libraries {
        static final Optional<String> REASON = load();

        private static Optional<String> load() {
            try {
                CudaLibraries files = new CudaLibraries(Host.here());
                files.prepareDriver();
                Optional<String> refused = Presets.driver().or(Presets::device);
                if (refused.isPresent()) {
                    return refused;
                }
                files.prepareOthers();
                return Presets.libraries();
            } catch (LinkageError | RuntimeException e) {
                return Optional.of(unloadable(e));
            }
        }
    }

    /** The only part that names JavaCPP's classes. */
    private static final class Presets {
        static Optional<String> driver() {
            int[] version = new int[1];
            cudart.cuDriverGetVersion(version);
            if (version[0] < OLDEST_DRIVER) {
                return Optional.of("the NVIDIA driver is for CUDA " + dotted(version[0] / 10, 100) + ": version 580 or later is required");
            }
            int status = cudart.cuInit(0);
            return status == 0 ? Optional.empty()
                    : Optional.of("the NVIDIA driver doesn't start (" + Status.text(status) + "): is there a GPU that this process may use?");
        }

        static Optional<String> device() {
            int[] count = new int[1];
            int status = cudart.cuDeviceGetCount(count);
            if (status != 0 || count[0] == 0) {
                return Optional.of("the NVIDIA driver has no device (" + Status.text(status) + "): is CUDA_VISIBLE_DEVICES empty?");
            }
            int capability = capability(0);
            return capability >= OLDEST_CAPABILITY ? Optional.empty()
                    : Optional.of("the GPU has compute capability " + dotted(capability, 10) + ": 8.0 or later is required");
        }

        static Optional<String> libraries() {
            if (cublas.cublasLtGetVersion() == 0 || nvrtc.nvrtcVersion(new int[1], new int[1]) != 0) {
                return Optional.of("cuBLASLt or NVRTC doesn't answer: install CUDA 13 again");
            }
            long version = cudnn.cudnnGetVersion();
            return version >= OLDEST_CUDNN ? Optional.empty()
                    : Optional.of("cuDNN has version " + version + ": 9.8 (90800) or later is required");
        }

        private static String dotted(int number, int one) {
            return number / one + "." + number % one;
        }

        private static int capability(int device) {
            return 10 * attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device)
                    + attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device);
        }

        private static int attribute(int which, int device) {
            int[] value = new int[1];
            cudart.cuDeviceGetAttribute(value, which, device);
            return value[0];
        }
    }
}
