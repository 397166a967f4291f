package dev.keratin.backend.cpu;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.Name;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/**
 * The C++ half of this backend: one static method per function of {@code keratin_cpu.h}.
 *
 * <p>Loading this class loads oneDNN and OpenBLAS from their jars. The OpenMP runtime in oneDNN's jar comes first, so that
 * one pool of threads serves oneDNN and the own kernels.
 */
@Platform(
        compiler = "cpp17",
        include = "keratin_cpu.h",
        library = "jnikeratin_cpu",
        link = {"dnnl@.3", "openblas@.0"},
        preload = {"gomp@.1", "gcc_s@.1", "quadmath@.0", "gfortran@.5"},
        preloadresource = {"/org/bytedeco/dnnl/", "/org/bytedeco/openblas/"})
@NoException
final class NativeLibrary {
    static {
        Loader.load(NativeLibrary.class);
    }

    private NativeLibrary() {}

    @Name("kr_dnnl_version")
    static native long dnnlVersion();

    @Name("kr_threads")
    static native int threads();
}
