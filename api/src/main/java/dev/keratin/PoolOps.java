package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Pooling over 1 to 3 spatial axes. Inputs as in {@link ConvOps}; padding never counts, neither as element nor in means. */
abstract class PoolOps extends ConvOps {
    PoolOps() {}

    /**
     * The largest element of each window. The gradient goes to the first largest one.
     *
     * @param poolSize the window's lengths; one for all spatial axes or one for each
     */
    public static Tensor maxPool(Tensor x, int[] poolSize, WindowOptions options) {
        if (x.isSymbolic()) {
            return node("MaxPool", x, poolSize, options.written("strides"),
                    options.written("padding"), options.written("data_format"));
        }
        return pool("maxPool", PoolKind.MAX, x, poolSize, options);
    }

    /** {@link #maxPool(Tensor, int[], WindowOptions)} with strides as long as the window, padding "valid". */
    public static Tensor maxPool(Tensor x, int... poolSize) {
        return maxPool(x, poolSize, new WindowOptions());
    }

    /**
     * The mean of each window.
     *
     * @param poolSize the window's lengths; one for all spatial axes or one for each
     */
    public static Tensor averagePool(Tensor x, int[] poolSize, WindowOptions options) {
        if (x.isSymbolic()) {
            return node("AveragePool", x, poolSize, options.written("strides"),
                    options.written("padding"), options.written("data_format"));
        }
        return pool("averagePool", PoolKind.AVERAGE, x, poolSize, options);
    }

    /** {@link #averagePool(Tensor, int[], WindowOptions)} with strides as long as the window, padding "valid". */
    public static Tensor averagePool(Tensor x, int... poolSize) {
        return averagePool(x, poolSize, new WindowOptions());
    }

    /**
     * The largest element of windows that divide the input into a given number of parts: part i of n reaches from floor(i
     * * length / n) to ceil((i + 1) * length / n).
     */
    public static Tensor adaptiveMaxPool(Tensor x, int[] outputSize, String dataFormat) {
        return x.isSymbolic() ? node("AdaptiveMaxPool", x, outputSize, dataFormat)
                : adaptive("adaptiveMaxPool", PoolKind.MAX, x, outputSize, new WindowOptions().dataFormat(dataFormat));
    }

    /** {@link #adaptiveMaxPool(Tensor, int[], String)} in the configured data format. */
    public static Tensor adaptiveMaxPool(Tensor x, int... outputSize) {
        return adaptiveMaxPool(x, outputSize, Configuration.imageDataFormat());
    }

    /** The mean of windows as in {@link #adaptiveMaxPool(Tensor, int[], String)}. */
    public static Tensor adaptiveAveragePool(Tensor x, int[] outputSize, String dataFormat) {
        if (x.isSymbolic()) {
            return node("AdaptiveAveragePool", x, outputSize, dataFormat);
        }
        return adaptive("adaptiveAveragePool", PoolKind.AVERAGE, x, outputSize, new WindowOptions().dataFormat(dataFormat));
    }

    /** {@link #adaptiveAveragePool(Tensor, int[], String)} in the configured data format. */
    public static Tensor adaptiveAveragePool(Tensor x, int... outputSize) {
        return adaptiveAveragePool(x, outputSize, Configuration.imageDataFormat());
    }

    private static Tensor pool(String who, PoolKind kind, Tensor x, int[] poolSize, WindowOptions options) {
        int[] window = sizes(who, x, poolSize);
        Tensor input = computed(kind, channelsLast(x, options));
        List<Integer> strides = new ArrayList<>();
        List<Integer> lows = new ArrayList<>();
        List<Integer> highs = new ArrayList<>();
        for (int axis = 0; axis < window.length; axis++) {
            int stride = options.hasStrides() ? options.stride(axis) : window[axis];
            int[] around = options.around(axis, input.shape().dim(axis + 1), window[axis], stride);
            strides.add(stride);
            lows.add(around[0]);
            highs.add(around[1]);
        }
        PoolSpec spec = new PoolSpec(Arrays.stream(window).boxed().toList(), strides, lows, highs);
        return original(result(kind, apply(new Pool(kind, spec), input), x), options);
    }

    /** The input as it is pooled: of integers, the largest ones are found in a type that holds them all. */
    private static Tensor computed(PoolKind kind, Tensor x) {
        return x.dtype().isInteger() && kind == PoolKind.MAX ? cast(x, DType.FLOAT64) : floating(x);
    }

    /** The largest elements have the type of the input, means a floating one. */
    private static Tensor result(PoolKind kind, Tensor pooled, Tensor x) {
        return x.dtype().isInteger() && kind == PoolKind.MAX ? cast(pooled, x.dtype()) : pooled;
    }

    private static Tensor adaptive(String who, PoolKind kind, Tensor x, int[] outputSize, WindowOptions options) {
        int[] parts = sizes(who, x, outputSize);
        Tensor pooled = computed(kind, channelsLast(x, options));
        for (int axis = 0; axis < parts.length; axis++) {
            pooled = adaptive(kind, pooled, axis, parts[axis]);
        }
        return original(result(kind, pooled, x), options);
    }

    /** Pools with the two window lengths that occur, and takes the windows that are wanted. */
    private static Tensor adaptive(PoolKind kind, Tensor x, int axis, int parts) {
        long length = x.shape().dim(axis + 1);
        int small = (int) ((length + parts - 1) / parts);
        if (length % parts == 0) {
            return along(kind, x, axis, small, small);
        }
        Tensor narrow = along(kind, x, axis, small, 1);
        long narrowCount = narrow.shape().dim(axis + 1);
        Tensor both = small + 1 > length ? narrow : concatenate(List.of(narrow, along(kind, x, axis, small + 1, 1)), axis + 1);
        int[] chosen = IntStream.range(0, parts).map(i -> {
            long start = i * length / parts;
            long end = ((i + 1) * length + parts - 1) / parts;
            return (int) (end - start == small ? start : narrowCount + start);
        }).toArray();
        return take(both, Tensor.of(chosen, chosen.length), axis + 1);
    }

    private static Tensor along(PoolKind kind, Tensor x, int axis, int window, int stride) {
        int spatial = x.rank() - 2;
        List<Integer> none = Collections.nCopies(spatial, 0);
        List<Integer> windows = new ArrayList<>(Collections.nCopies(spatial, 1));
        List<Integer> strides = new ArrayList<>(windows);
        windows.set(axis, window);
        strides.set(axis, stride);
        return apply(new Pool(kind, new PoolSpec(windows, strides, none, none)), x);
    }

    private static int[] sizes(String who, Tensor x, int[] sizes) {
        int spatial = x.rank() - 2;
        if (spatial < 1 || spatial > 3 || sizes.length != 1 && sizes.length != spatial) {
            throw new IllegalArgumentException(who + ": x of rank 3 to 5 and a size for each spatial axis are required."
                    + " Received: x=" + x.type() + ", size=" + Arrays.toString(sizes) + ". Add a batch or channel axis with expandDims.");
        }
        return sizes.length == spatial ? sizes : IntStream.generate(() -> sizes[0]).limit(spatial).toArray();
    }
}
