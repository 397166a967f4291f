package dev.keratin.backend.cuda;

import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.ir.Program;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** Keeps what programs ask of a device when they are lowered, and does nothing. */
final class RecordingDriver extends QuietDriver {
    private final List<Product> products = new ArrayList<>();
    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Recurrence> recurrences = new ArrayList<>();
    private final Predicate<Convolution> library;
    private final Predicate<Recurrence> recurrent;
    private long allocated = 256;

    /**
     * A device.
     *
     * @param library which convolutions its library has
     */
    RecordingDriver(Predicate<Convolution> library) {
        this(library, layer -> false);
    }

    /**
     * A device.
     *
     * @param library which convolutions its library has
     * @param recurrent which recurrent layers
     */
    RecordingDriver(Predicate<Convolution> library, Predicate<Recurrence> recurrent) {
        this.library = library;
        this.recurrent = recurrent;
    }

    /** The steps of a program on this device. */
    Plan lower(Program program) {
        Program optimised = Compiler.optimize(program, CudaBackend.POLICY, simple -> Routines.run(simple, this));
        return Code.lower(optimised, new DeviceConstants(new DeviceMemory(this)));
    }

    List<Product> products() {
        return products;
    }

    /** Those that the library has been asked for, whether it has them or not. */
    List<Convolution> convolutions() {
        return convolutions;
    }

    /** Those that the library has been asked for, whether it has them or not. */
    List<Recurrence> recurrences() {
        return recurrences;
    }

    /** The families of the kernels, in the order of their launches. */
    List<String> kernels() {
        return kernels.stream().map(kernel -> kernel.name().replaceAll("_[0-9a-f]+$", "")).toList();
    }

    /** The kernels, in the order of their launches. */
    List<Kernel> sources() {
        return kernels;
    }

    @Override
    public String describe() {
        return "no device";
    }

    @Override
    public long allocate(long bytes) {
        allocated += (bytes + 255) / 256 * 256;
        return allocated;
    }

    @Override
    public void free(long address) {}

    @Override
    public void copyIn(ByteBuffer source, long to) {}

    @Override
    public void copyOut(long from, ByteBuffer target) {}

    @Override
    public void copy(long from, long to, long bytes) {}

    @Override
    public long addressOf(ByteBuffer direct) {
        return 0;
    }

    @Override
    public long load(Kernel kernel) {
        kernels.add(kernel);
        return kernels.size();
    }

    @Override
    public void launch(long function, Geometry geometry, long parameters) {}

    @Override
    public Optional<LibraryCall> product(Product product) {
        products.add(product);
        return Optional.of(new Nothing());
    }

    @Override
    public Optional<LibraryCall> convolution(Convolution convolution) {
        convolutions.add(convolution);
        return library.test(convolution) ? Optional.of(new Nothing()) : Optional.empty();
    }

    @Override
    public Optional<RecurrentPlan> recurrence(Recurrence layer) {
        recurrences.add(layer);
        if (!recurrent.test(layer)) {
            return Optional.empty();
        }
        List<Long> starts = LongStream.range(0, layer.cell().gates()).boxed().toList();
        List<RecurrentWeights.Matrix> matrices = starts.stream().map(start -> new RecurrentWeights.Matrix(start, layer.units(), 1)).toList();
        return Optional.of(new RecurrentPlan(new RecurrentWeights(4000, matrices, matrices, starts, starts), layer.training() ? 3000 : 0,
                new Nothing(), new Nothing(), new Nothing()));
    }

    private static final class Nothing implements LibraryCall {
        @Override
        public long scratchBytes() {
            return 1000;
        }

        @Override
        public void run(long[] addresses, long scratch) {}
    }
}
