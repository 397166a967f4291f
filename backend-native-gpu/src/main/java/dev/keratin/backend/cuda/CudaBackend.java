package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.util.function.UnaryOperator;

/** Runs programs on one device; they run one after another, whatever threads start them. */
final class CudaBackend implements Backend {
    static final String NAME = "cuda";

    /** What is fused. */
    static final FusionPolicy POLICY = FusionPolicy.all().withColumnResults(true).withEpilogues(Epilogue::accepts);

    private final DeviceMemory memory;

    CudaBackend(GpuDriver driver) {
        this.memory = new DeviceMemory(driver);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Buffer allocate(TensorType type) {
        return new DeviceBuffer(type, memory);
    }

    @Override
    public Executable compile(Program program) {
        Program optimised = optimised(program, this::withRoutines);
        synchronized (memory) {
            return new CudaExecutable(program, optimised, memory);
        }
    }

    /** A program as it is run. */
    static Program optimised(Program program, UnaryOperator<Program> routines) {
        return EarlyAndLate.run(Compiler.optimize(program, POLICY, routines));
    }

    private Program withRoutines(Program simple) {
        synchronized (memory) {
            return Routines.run(simple, memory.driver());
        }
    }

    @Override
    public long allocatedBytes() {
        return memory.allocatedBytes();
    }

    @Override
    public long systemAllocations() {
        return memory.driver().systemAllocations();
    }

    @Override
    public String describe() {
        return memory.driver().describe();
    }
}
