package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** A device that programs can be lowered for and that does nothing: its libraries have every routine. */
class PlanningDriver implements GpuDriver {
    private static final long ALIGNMENT = 256;

    private long allocated = ALIGNMENT;
    private long kernels;

    @Override
    public String describe() {
        return "no device";
    }

    @Override
    public long allocate(long bytes) {
        allocated += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return allocated;
    }

    @Override
    public void free(long address) {}

    @Override
    public long systemAllocations() {
        return 0;
    }

    @Override
    public void copyIn(ByteBuffer source, long to) {}

    @Override
    public void copyInUnused(ByteBuffer source, long to) {
        copyIn(source, to);
    }

    @Override
    public void copyOut(long from, ByteBuffer target) {}

    @Override
    public void copy(long from, long to, long bytes) {}

    @Override
    public long addressOf(ByteBuffer direct) {
        return 0;
    }

    @Override
    public <T> T lending(Loans loans, Supplier<T> work) {
        return work.get();
    }

    @Override
    public long load(Kernel kernel) {
        return ++kernels;
    }

    @Override
    public void launch(long function, Geometry geometry, long parameters) {}

    @Override
    public Optional<LibraryCall> product(Product product) {
        return Optional.of(new Nothing(LibraryCall.CUBLAS));
    }

    @Override
    public Optional<LibraryCall> convolution(Convolution convolution) {
        return Optional.of(new Nothing(LibraryCall.CUDNN));
    }

    @Override
    public Optional<RecurrentPlan> recurrence(Recurrence layer) {
        List<Long> starts = LongStream.range(0, layer.cell().gates()).boxed().toList();
        List<RecurrentWeights.Matrix> matrices = starts.stream().map(start -> new RecurrentWeights.Matrix(start, layer.units(), 1)).toList();
        LibraryCall call = new Nothing(LibraryCall.CUDNN);
        return Optional.of(new RecurrentPlan(new RecurrentWeights(4000, matrices, matrices, starts, starts), layer.training() ? 3000 : 0,
                call, call, call));
    }

    @Override
    public Optional<AttentionPlan> attention(Attention attention) {
        LibraryCall call = new Nothing(LibraryCall.CUDNN);
        return Optional.of(new AttentionPlan(call, call));
    }

    @Override
    public void mark(String line) {}

    @Override
    public long capture(Runnable work) {
        return 0;
    }

    @Override
    public void replay(long graph) {}

    @Override
    public void release(long graph) {}

    private record Nothing(String library) implements LibraryCall {
        @Override
        public long scratchBytes() {
            return 1000;
        }

        @Override
        public void run(long[] addresses, long scratch) {}
    }
}
