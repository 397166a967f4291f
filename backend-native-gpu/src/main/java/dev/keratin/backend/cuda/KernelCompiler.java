package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.nvrtc.nvrtcCompileProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCreateProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcDestroyProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBIN;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBINSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetErrorString;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLog;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLogSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcVersion;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Compiles CUDA C with NVRTC to code for one kind of device, so that the driver has nothing left to translate. */
final class KernelCompiler {
    private final Settings settings;

    /** What is compiled depends on these beside its source: the options, and the version of NVRTC. */
    record Settings(List<String> options, String version) {
        /**
         * For devices of a compute capability, such as 90 for 9.0. Products are rounded before they are added to, so that
         * arithmetic, such as random numbers in a range, has the bits of other backends.
         */
        static Settings of(int capability, String version) {
            return new Settings(List.of("--gpu-architecture=sm_" + capability, "--std=c++17", "-default-device", "--fmad=false"), version);
        }

        /** A digest of everything that what is compiled depends on. */
        String digest(String source) {
            return Digest.of(String.join("\n", options) + "\n" + version + "\n" + source + Headers.of(source));
        }
    }

    /**
     * For devices of one compute capability.
     *
     * @param capability such as 90 for 9.0
     */
    KernelCompiler(int capability) {
        int[] major = new int[1];
        int[] minor = new int[1];
        check(nvrtcVersion(major, minor), "nvrtcVersion");
        this.settings = Settings.of(capability, major[0] + "." + minor[0]);
    }

    /** The version of NVRTC. */
    String version() {
        return settings.version();
    }

    /** A digest of everything that what is compiled depends on. */
    String digest(String source) {
        return settings.digest(source);
    }

    /**
     * Compiles a source with the files it includes.
     *
     * @param name for messages
     * @throws IllegalStateException if it has an error; the message holds the compiler's
     */
    byte[] compile(String name, String source) {
        Map<String, String> headers = Headers.of(source);
        _nvrtcProgram program = new _nvrtcProgram();
        try (PointerPointer<BytePointer> texts = new PointerPointer<>(headers.values().toArray(String[]::new));
                PointerPointer<BytePointer> names = new PointerPointer<>(headers.keySet().toArray(String[]::new));
                PointerPointer<BytePointer> arguments = new PointerPointer<>(settings.options().toArray(String[]::new));
                BytePointer text = new BytePointer(source);
                BytePointer title = new BytePointer(name + ".cu")) {
            check(nvrtcCreateProgram(program, text, title, headers.size(), texts, names), "nvrtcCreateProgram");
            if (nvrtcCompileProgram(program, settings.options().size(), arguments) != 0) {
                throw new IllegalStateException("Kernel " + name + ": a source without errors is required. Received:\n" + log(program) + source);
            }
            return image(program);
        } finally {
            nvrtcDestroyProgram(program);
        }
    }

    private static byte[] image(_nvrtcProgram program) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            check(nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize");
            byte[] image = new byte[Math.toIntExact(size.get())];
            check(nvrtcGetCUBIN(program, image), "nvrtcGetCUBIN");
            return image;
        }
    }

    private static String log(_nvrtcProgram program) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            check(nvrtcGetProgramLogSize(program, size), "nvrtcGetProgramLogSize");
            byte[] log = new byte[Math.toIntExact(size.get())];
            check(nvrtcGetProgramLog(program, log), "nvrtcGetProgramLog");
            return new String(log, StandardCharsets.UTF_8).replace('\0', '\n');
        }
    }

    private static void check(int status, String call) {
        if (status != 0) {
            throw new IllegalStateException("cuda: a call without error is required. Received: " + nvrtcGetErrorString(status).getString()
                    + " of " + call + ".");
        }
    }
}
