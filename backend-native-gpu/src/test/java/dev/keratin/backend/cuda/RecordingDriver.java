package dev.keratin.backend.cuda;

import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.ir.Program;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps what programs ask of a device when they are lowered, and does nothing. */
final class RecordingDriver extends QuietDriver {
    private final List<Product> products = new ArrayList<>();
    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final Predicate<Convolution> library;
    private long allocated = 256;

    /**
     * A device.
     *
     * @param library which convolutions its library has
     */
    RecordingDriver(Predicate<Convolution> library) {
        this.library = library;
    }

    /** The steps of a program on this device. */
    Plan lower(Program program) {
        return Code.lower(Compiler.optimize(program, CudaBackend.POLICY), new DeviceConstants(new DeviceMemory(this)));
    }

    List<Product> products() {
        return products;
    }

    /** Those that the library has been asked for, whether it has them or not. */
    List<Convolution> convolutions() {
        return convolutions;
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

    private static final class Nothing implements LibraryCall {
        @Override
        public long scratchBytes() {
            return 1000;
        }

        @Override
        public void run(long[] addresses, long scratch) {}
    }
}
