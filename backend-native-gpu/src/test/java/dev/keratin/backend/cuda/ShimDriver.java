package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs kernels on the CPU: the same sources, compiled by g++; arguments are handed over as to a device. */
final class ShimDriver extends PlanningDriver {
    private static final List<String> HEADERS = List.of("kernel.cuh", "elementwise.cuh", "joins.cuh", "reduce.cuh", "sources.cuh",
            "strided.cuh", "transpose.cuh", "weights.cuh", "product.cuh", "indices.cuh", "atomics.cuh", "pool.cuh", "cumulative.cuh",
            "items.cuh", "sort.cuh", "narrow.cuh",
            "conv.cuh", "recurrent.cuh", "shim.h", "shim_convolution.h", "shim_runtime.cpp");
    /** More than a test needs, and less than would end the process. */
    private static final long MOST_BYTES = 1L << 32;
    private static final String ENTRY = "extern \"C\" __global__";
    /** Kernels that are compiled at a time. */
    private static final int UNIT = 64;

    private final Path folder;
    private final Map<String, Long> functions = new HashMap<>();
    private final UnaryOperator<Kernel> changed;
    private @Nullable Map<String, Kernel> wanted;

    ShimDriver() {
        this(UnaryOperator.identity());
    }

    /**
     * Runs kernels that are changed before they are compiled.
     *
     * @param changed what becomes of each
     */
    ShimDriver(UnaryOperator<Kernel> changed) {
        this.changed = changed;
        try {
            folder = Files.createTempDirectory("keratin-shim");
            for (String header : HEADERS) {
                copy("/dev/keratin/backend/cuda/" + header);
            }
            copy("/dev/keratin/backend/elementwise/elementwise.def");
            copy("/dev/keratin/backend/elementwise/functions.inc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String java = System.getProperty("java.home") + "/include";
        compile(FakeCuda.FLAGS, List.of("-I", java, "-I", java + "/linux", "shim_runtime.cpp", "-o", "runtime.so"));
        compile(FakeCuda.KERNEL_FLAGS, List.of("-x", "c++-header", "shim.h"));
        System.load(folder.resolve("runtime.so").toString());
    }

    private void copy(String resource) throws IOException {
        Path target = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        target.toFile().deleteOnExit();
        try (InputStream stream = ShimDriver.class.getResourceAsStream(resource)) {
            Files.copy(stream, target);
        }
    }

    private void compile(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("g++", "-shared", "-U_FORTIFY_SOURCE"));
        command.addAll(flags);
        command.addAll(arguments);
        try {
            Path log = Files.createTempFile(folder, "log", "");
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("g++: " + arguments + "\n" + Files.readString(log));
            }
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String describe() {
        return "CPU in place of a GPU, for tests";
    }

    @Override
    public long allocate(long bytes) {
        return bytes > MOST_BYTES ? 0 : Shim.allocate(bytes);
    }

    @Override
    public void free(long address) {
        Shim.free(address);
    }

    @Override
    public void copyIn(ByteBuffer source, long to) {
        ByteBuffer direct = ByteBuffer.allocateDirect(source.remaining()).put(source.duplicate());
        Shim.copy(Shim.addressOf(direct), to, direct.capacity());
    }

    @Override
    public void copyOut(long from, ByteBuffer target) {
        ByteBuffer direct = ByteBuffer.allocateDirect(target.remaining());
        Shim.copy(from, Shim.addressOf(direct), direct.capacity());
        target.duplicate().put(direct);
    }

    @Override
    public void copy(long from, long to, long bytes) {
        Shim.copy(from, to, bytes);
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        return Shim.addressOf(direct);
    }

    /**
     * Compiles all kernels that some work asks for, many at a time, which takes a tenth of the time. The work is handed
     * functions that can't be launched.
     */
    void loadAll(Runnable work) {
        wanted = new LinkedHashMap<>();
        work.run();
        Map<String, List<Kernel>> units = wanted.values().stream().filter(kernel -> !functions.containsKey(kernel.name()))
                .collect(Collectors.groupingBy(ShimDriver::headers));
        wanted = null;
        List<List<Kernel>> parts = new ArrayList<>();
        units.values().forEach(kernels -> {
            for (int i = 0; i < kernels.size(); i += UNIT) {
                parts.add(kernels.subList(i, Math.min(kernels.size(), i + UNIT)));
            }
        });
        parts.parallelStream().map(this::compiled).toList().forEach(functions::putAll);
    }

    private static String headers(Kernel kernel) {
        return kernel.source().substring(0, kernel.source().indexOf(ENTRY));
    }

    @Override
    public long load(Kernel written) {
        Kernel kernel = changed.apply(written);
        if (wanted != null) {
            wanted.put(kernel.name(), kernel);
            return 0;
        }
        if (!functions.containsKey(kernel.name())) {
            functions.putAll(compiled(List.of(kernel)));
        }
        return functions.get(kernel.name());
    }

    /** The functions of kernels with the same headers. */
    private Map<String, Long> compiled(List<Kernel> kernels) {
        StringBuilder text = new StringBuilder("#include \"shim.h\"\n").append(headers(kernels.get(0)));
        for (Kernel kernel : kernels) {
            text.append("#define KERNEL ").append(kernel.name()).append('\n')
                    .append(kernel.source().substring(headers(kernel).length()).replace(ENTRY, "__global__"))
                    .append("SHIM_RUN(run_").append(kernel.name()).append(", KERNEL, ").append(kernel.synchronises())
                    .append(")\n#undef KERNEL\n");
        }
        String unit = kernels.get(0).name();
        try {
            Files.writeString(folder.resolve(unit + ".cpp"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        compile(FakeCuda.KERNEL_FLAGS, List.of(unit + ".cpp", "-o", unit + ".so"));
        long library = Shim.open(folder.resolve(unit + ".so").toString());
        folder.resolve(unit + ".so").toFile().delete();
        folder.resolve(unit + ".cpp").toFile().delete();
        return kernels.stream().collect(Collectors.toMap(Kernel::name, kernel -> Shim.find(library, "run_" + kernel.name())));
    }

    @Override
    public void launch(long function, Geometry geometry, long parameters) {
        Shim.launch(function, (int) geometry.blocks(), geometry.blocksY(), geometry.threads(), geometry.threadsY(), parameters);
    }

    /** Has nothing beside the product, for the sake of our own kernels. */
    @Override
    public Optional<LibraryCall> product(Product p) {
        if (p.form() != ProductForm.PLAIN) {
            return Optional.empty();
        }
        LongStream sizes = LongStream.of(p.transposeA() ? 1 : 0, p.transposeB() ? 1 : 0, p.m(), p.n(), p.k(), p.batch(), p.strideA(),
                p.strideB(), p.result().ordinal());
        long[] all = LongStream.concat(sizes, LongStream.of(flags(p.epilogue()))).toArray();
        return Optional.of(call(addresses -> Shim.product(p.dtype().ordinal(), all, addresses)));
    }

    private static long[] flags(Epilogue epilogue) {
        return new long[] {epilogue.residual() ? 1 : 0, epilogue.bias() ? 1 : 0, epilogue.relu() ? 1 : 0};
    }

    /** Like a library, has no convolutions of float64; nor those over 3 axes with strides, for the sake of our own kernels. */
    @Override
    public Optional<LibraryCall> convolution(Convolution convolution) {
        int axes = convolution.strides().size();
        if (convolution.dtype() == DType.FLOAT64 || axes == 3 && convolution.strides().get(0) > 1) {
            return Optional.empty();
        }
        LongStream.Builder sizes = LongStream.builder();
        for (Shape shape : List.of(convolution.input(), convolution.kernel(), convolution.output())) {
            LongStream.of((axes == 2 ? shape.insert(1, 1) : shape).dims()).forEach(sizes);
        }
        for (List<Integer> list : List.of(convolution.strides(), convolution.paddings(), convolution.dilations())) {
            LongStream.concat(LongStream.of(new long[3 - axes]), list.stream().mapToLong(each -> each)).forEach(sizes);
        }
        LongStream.of(flags(convolution.epilogue())).forEach(sizes);
        long[] all = sizes.build().toArray();
        return Optional.of(call(addresses -> Shim.convolution(convolution.dtype().ordinal(), convolution.kind().ordinal(),
                all, addresses)));
    }

    @Override
    public Optional<RecurrentPlan> recurrence(Recurrence layer) {
        return Optional.empty();
    }

    @Override
    public Optional<AttentionPlan> attention(Attention attention) {
        return Optional.empty();
    }

    private static LibraryCall call(Consumer<long[]> routine) {
        return new LibraryCall() {
            @Override
            public long scratchBytes() {
                return 0;
            }

            @Override
            public void run(long[] addresses, long scratch) {
                routine.accept(addresses);
            }
        };
    }
}
