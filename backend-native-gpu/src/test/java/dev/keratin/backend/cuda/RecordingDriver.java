package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps what programs ask of a device when they are lowered. */
final class RecordingDriver extends PlanningDriver {
    private final List<Product> products = new ArrayList<>();
    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Recurrence> recurrences = new ArrayList<>();
    private final Predicate<Convolution> library;
    private final Predicate<Recurrence> recurrent;
    private final List<Attention> attentions = new ArrayList<>();
    private boolean attends;

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

    /** A device whose library has attention of all kinds. */
    static RecordingDriver attending() {
        RecordingDriver driver = new RecordingDriver(convolution -> true);
        driver.attends = true;
        return driver;
    }

    /** The steps of a program on this device. */
    Plan lower(Program program) {
        Program optimised = CudaBackend.optimised(program, simple -> Routines.run(simple, this));
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

    /** Those that the library has been asked for, whether it has them or not. */
    List<Attention> attentions() {
        return attentions;
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
    public long load(Kernel kernel) {
        kernels.add(kernel);
        return kernels.size();
    }

    @Override
    public Optional<LibraryCall> product(Product product) {
        products.add(product);
        return super.product(product);
    }

    @Override
    public Optional<LibraryCall> convolution(Convolution convolution) {
        convolutions.add(convolution);
        return library.test(convolution) ? super.convolution(convolution) : Optional.empty();
    }

    @Override
    public Optional<RecurrentPlan> recurrence(Recurrence layer) {
        recurrences.add(layer);
        return recurrent.test(layer) ? super.recurrence(layer) : Optional.empty();
    }

    @Override
    public Optional<AttentionPlan> attention(Attention attention) {
        attentions.add(attention);
        return attends ? super.attention(attention) : Optional.empty();
    }
}
