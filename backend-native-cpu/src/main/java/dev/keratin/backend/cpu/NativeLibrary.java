package dev.keratin.backend.cpu;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Name;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;
import org.jspecify.annotations.Nullable;

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
        preload = {"gomp@.1", "quadmath@.0", "gfortran@.5"},
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

    @Name("kr_set_threads")
    static native void setThreads(int threads);

    @Name("kr_instruction_set")
    static native String instructionSet();

    @Name("kr_opcode_name")
    static native @Nullable String opcodeName(int opcode);

    @Name("kr_kind_name")
    static native @Nullable String kindName(int family, int kind);

    @Name("kr_alloc")
    static native long alloc(long bytes);

    @Name("kr_free")
    static native void free(long address);

    @Name("kr_live_bytes")
    static native long liveBytes();

    @Name("kr_held_bytes")
    static native long heldBytes();

    @Name("kr_lent_bytes")
    static native long lentBytes();

    @Name("kr_system_allocations")
    static native long systemAllocations();

    @Name("kr_set_memory_limit")
    static native void setMemoryLimit(long bytes);

    @Name("kr_trim")
    static native void trim();

    @Name("kr_next_version")
    static native long nextVersion();

    @Name("kr_hold")
    static native int hold(long address);

    @Name("kr_let_go")
    static native void letGo(long address);

    @Name("kr_program_create")
    static native long programCreate(@Cast("int64_t*") long[] code, long length);

    @Name("kr_program_run")
    static native int programRun(long program, long table);

    @Name("kr_program_measure")
    static native int programMeasure(long program, long table, @Cast("int64_t*") long[] ends);

    @Name("kr_program_free")
    static native void programFree(long program);

    @Name("kr_program_memory")
    static native void programMemory(long program, @Cast("int64_t*") long[] bytes);

    @Name("kr_last_status")
    static native int lastStatus();

    @Name("kr_last_error")
    static native String lastError();
}
