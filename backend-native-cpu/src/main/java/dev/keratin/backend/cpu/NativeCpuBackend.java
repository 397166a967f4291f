package dev.keratin.backend.cpu;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;

/**
 * Runs programs on the processor's cores with oneDNN and own kernels. Every program uses all cores, so programs run one
 * after another, whatever threads start them; they share one block of working memory.
 */
final class NativeCpuBackend implements Backend {
    /** Rows of any reasonable length are fused: long ones are read again for each reduction. */
    private static final FusionPolicy POLICY = FusionPolicy.all().withColumnElements(true).withLimits(1 << 20, 32)
            .withEpilogues(Epilogues::accepts);

    private final Object lock = new Object();

    NativeCpuBackend() {
        NativeLibrary.setMemoryLimit(Long.getLong("keratin.memory.limit", 0));
        Integer threads = Integer.getInteger("keratin.threads");
        if (threads != null) {
            NativeLibrary.setThreads(threads);
        }
    }

    @Override
    public String name() {
        return NativeCpuProvider.NAME;
    }

    @Override
    public Buffer allocate(TensorType type) {
        return new NativeBuffer(type);
    }

    @Override
    public Executable compile(Program program) {
        return new NativeExecutable(program, Compiler.optimize(program, POLICY), lock);
    }

    @Override
    public long allocatedBytes() {
        return NativeLibrary.liveBytes();
    }

    @Override
    public long systemAllocations() {
        return NativeLibrary.systemAllocations();
    }

    @Override
    public String describe() {
        long version = NativeLibrary.dnnlVersion();
        return "CPU, " + NativeLibrary.threads() + " threads, " + NativeLibrary.instructionSet() + " kernels, oneDNN "
                + version / 10000 + "." + version / 100 % 100 + "." + version % 100 + ", OpenBLAS";
    }
}
