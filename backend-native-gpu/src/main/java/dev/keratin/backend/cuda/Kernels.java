package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** The kernels of one device: compiled or found in the cache, loaded once, launched without making an object. */
final class Kernels {
    private static final @Nullable PointerPointer<?> NO_MORE = null;

    private final Faults faults;
    private final CUstream_st stream;
    private final KernelCache cache;
    private final KernelCompiler compiler;
    private final Map<String, Long> numbers = new HashMap<>();
    private final List<CUfunc_st> functions = new ArrayList<>();
    private final ArgumentList arguments = new ArgumentList();

    Kernels(DeviceContext context, CUstream_st stream, KernelCache cache) {
        this.faults = context.faults();
        this.stream = stream;
        this.cache = cache;
        this.compiler = new KernelCompiler(context.capability());
    }

    /** The version of the compiler. */
    String version() {
        return compiler.version();
    }

    /** The number of a kernel. */
    long load(Kernel kernel) {
        Long known = numbers.get(kernel.name());
        return known != null ? known : loaded(kernel);
    }

    private long loaded(Kernel kernel) {
        CUmod_st module = new CUmod_st();
        CUfunc_st function = new CUfunc_st();
        try (BytePointer image = new BytePointer(image(kernel))) {
            faults.check(cuModuleLoadData(module, image), "cuModuleLoadData of " + kernel.name());
        }
        faults.check(cuModuleGetFunction(function, module, kernel.name()), "cuModuleGetFunction of " + kernel.name());
        functions.add(function);
        numbers.put(kernel.name(), functions.size() - 1L);
        return functions.size() - 1L;
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
