package dev.keratin.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * NVIDIA's libraries for tests, made by g++: the device is the CPU. They stand in for the driver, NVRTC, cuBLASLt and cuDNN behind
 * the same C functions, so all Java code of the backend is as it is on a GPU. The methods steer the fake driver.
 */
public final class FakeCuda {
    private static final List<String> SOURCES = List.of("fake_cuda.h", "fake_cuda.cpp", "fake_nvrtc.cpp", "fake_cublas.cpp",
            "fake_cudnn.h", "fake_cudnn.cpp", "fake_cudnn_attention.cpp", "fake_cudnn_rnn.cpp", "fake_planning.cpp", "shim_runtime.cpp",
            "shim_convolution.h", "shim.h");
    static final List<String> FLAGS = List.of("-std=c++17", "-O1", "-fPIC", "-fno-strict-aliasing", "-w");
    /** A kernel that does what C++ leaves open, such as a read of 16 bytes at another address, ends the process with SIGILL. */
    static final List<String> KERNEL_FLAGS = Stream.concat(FLAGS.stream(), Stream.of("-fsanitize=alignment,bounds,shift,"
            + "signed-integer-overflow,integer-divide-by-zero,float-cast-overflow", "-fsanitize-undefined-trap-on-error")).toList();
    /** Libraries whose functions are all in the first one. */
    private static final List<String> OTHERS = List.of("libcudart.so.13", "libnvrtc.so.13", "libcublas.so.13", "libcublasLt.so.13",
            "libcudnn.so.9", "libcudnn_graph.so.9", "libcudnn_ops.so.9", "libcudnn_cnn.so.9", "libcudnn_adv.so.9");

    private FakeCuda() {}

    /** Lets the n-th call of a function from now on fail. */
    static native void fail(String function, int nth, int status);

    /** How much memory the device has. */
    static native void limit(long bytes);

    /** The bytes that are allocated on the device. */
    static native long inUse();

    /** How many things of each kind were made and not yet destroyed: kind and number, one a line. */
    static native String live();

    /** From now on every call answers with this status; 0 for none. */
    static native void crash(int status);

    /**
     * What products may do beside.
     *
     * @param epilogues a sum of 1, 2 for relu, 4 for a bias, 32 for gelu, 64 for its gradient, 128 for a matrix beside and 256 for sums
     * @param keepsNan whether relu and gelu leave NaN as it is
     * @param right whether gelu and sums are right
     */
    static native void products(int epilogues, boolean keepsNan, boolean right);

    /** Lets cuDNN take "at least" for "more than" in graphs, or not. */
    static native void misread(boolean wrong);

    /** The functions called since this was asked last, one a line. */
    static native String calls();

    /** Makes this process take the fake libraries for NVIDIA's; before anything of CUDA or JavaCPP is loaded. */
    public static void install() {
        Path folder = folder();
        System.setProperty(CudaLibraries.PROPERTY, folder.toString());
        System.setProperty(KernelCache.PROPERTY, folder.resolve("kernels").toString());
        System.setProperty("org.bytedeco.javacpp.cachedir", folder.resolve("javacpp").toString());
    }

    /** Makes this process look for NVIDIA's libraries again. */
    public static void remove() {
        System.clearProperty(CudaLibraries.PROPERTY);
    }

    /** The folder with the libraries, made once for as long as their sources stay the same. */
    static Path folder() {
        StringBuilder all = new StringBuilder().append(KERNEL_FLAGS);
        SOURCES.forEach(source -> all.append(text(source)));
        Headers.of(text("shim_runtime.cpp")).values().forEach(all::append);
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "keratin-fake-cuda-" + Digest.of(all.toString()).substring(0, 16));
        if (!Files.exists(folder)) {
            build(folder);
        }
        return folder;
    }

    private static String text(String resource) {
        try (InputStream stream = FakeCuda.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void build(Path folder) {
        try {
            Path part = Files.createTempDirectory("keratin-fake-cuda");
            for (String source : SOURCES) {
                Files.writeString(part.resolve(source), text(source));
                for (var header : Headers.of(text(source)).entrySet()) {
                    Files.writeString(part.resolve(header.getKey()), header.getValue());
                }
            }
            compile(part, folder);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(folder)) {
                throw new UncheckedIOException(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path part, Path folder) throws IOException {
        String java = System.getProperty("java.home") + "/include";
        gcc(part, KERNEL_FLAGS, List.of("-x", "c++-header", "shim.h", "-o", "shim.h.gch"));
        gcc(part, FLAGS, List.of("-shared", "-DFAKE_FLAGS=\"" + String.join(" ", KERNEL_FLAGS) + "\"", "-I" + java, "-I" + java + "/linux", "-DFAKE_FOLDER=\"" + folder + "\"", "fake_cuda.cpp",
                "fake_nvrtc.cpp", "fake_cublas.cpp", "fake_cudnn.cpp", "fake_cudnn_attention.cpp", "fake_cudnn_rnn.cpp",
                "fake_planning.cpp", "shim_runtime.cpp",
                "-Wl,-soname,libcuda.so.1", "-o", "libcuda.so.1"));
        for (String other : OTHERS) {
            gcc(part, FLAGS, List.of("-shared", "-Wl,--no-as-needed,-soname," + other, "-L.", "-l:libcuda.so.1", "-o", other));
        }
    }

    private static void gcc(Path folder, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("g++"));
        command.addAll(flags);
        command.addAll(arguments);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("g++: " + arguments + "\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
