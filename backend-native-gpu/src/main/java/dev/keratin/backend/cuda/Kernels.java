package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;
import static org.bytedeco.cuda.global.cudart.cuModuleUnload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of one device: compiled or found in the cache, loaded once for all programs that have them and unloaded some time
 * after the last, launched without making an object.
 */
final class Kernels {
    private static final @Nullable PointerPointer<?> NO_MORE = null;

    private final DeviceContext context;
    private final Faults faults;
    private final CUstream_st stream;
    private final KernelCache cache;
    private final KernelCompiler compiler;
    private final Borrowing borrowing;
    private final Shared<String, Loaded> loaded;
    private final List<CUfunc_st> functions = new ArrayList<>();
    private final Deque<Integer> unused = new ArrayDeque<>();
    private final ArgumentList arguments = new ArgumentList();

    /** A kernel's code on the device, and the place of its function among all. */
    private record Loaded(CUmod_st module, int number) {}

    Kernels(DeviceContext context, CUstream_st stream, KernelCache cache, Borrowing borrowing) {
        this.context = context;
        this.faults = context.faults();
        this.stream = stream;
        this.cache = cache;
        this.borrowing = borrowing;
        this.loaded = borrowing.shared(this::unload);
        this.compiler = new KernelCompiler(context.capability());
    }

    /** The version of the compiler. */
    String version() {
        return compiler.version();
    }

    /** The number of a kernel. */
    long load(Kernel kernel) {
        return borrowing.take(loaded, kernel.name(), name -> read(kernel)).number();
    }

    private Loaded read(Kernel kernel) {
        CUmod_st module = new CUmod_st();
        CUfunc_st function = new CUfunc_st();
        try (BytePointer image = new BytePointer(image(kernel))) {
            faults.check(context.withRoom(() -> cuModuleLoadData(module, image)), "cuModuleLoadData of " + kernel.name());
        }
        int status = cuModuleGetFunction(function, module, kernel.name());
        if (status != Status.OK) {
            cuModuleUnload(module);
        }
        faults.check(status, "cuModuleGetFunction of " + kernel.name());
        return new Loaded(module, place(function));
    }

    private int place(CUfunc_st function) {
        if (unused.isEmpty()) {
            functions.add(function);
            return functions.size() - 1;
        }
        int number = unused.pop();
        functions.set(number, function);
        return number;
    }

    private void unload(Loaded kernel) {
        unused.push(kernel.number());
        faults.check(cuModuleUnload(kernel.module()), "cuModuleUnload");
    }

    private byte[] image(Kernel kernel) {
        String source = kernel.text();
        String key = compiler.digest(source);
        return cache.get(key).orElseGet(() -> {
            byte[] image = compiler.compile(kernel.name(), source);
            cache.put(key, image);
            return image;
        });
    }

    /** Runs a kernel; see {@link GpuDriver#launch}. */
    void launch(long number, Geometry geometry, long parameters) {
        faults.check(cuLaunchKernel(functions.get((int) number), (int) geometry.blocks(), geometry.blocksY(), 1, geometry.threads(),
                geometry.threadsY(), 1, 0, stream, arguments.to(parameters), NO_MORE), "cuLaunchKernel");
    }
}
