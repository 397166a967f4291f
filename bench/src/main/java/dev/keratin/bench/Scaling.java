package dev.keratin.bench;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.model;

import dev.keratin.Tensor;
import dev.keratin.data.Batch;
import dev.keratin.losses.SparseCategoricalCrossentropy;
import dev.keratin.models.Model;
import dev.keratin.optimizers.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** {@code ./keratin bench --scaling}: how the time of a step grows with the batch, and that of compiling with the layers. */
final class Scaling {
    private static final int LARGEST_BATCH = 512;
    private static final List<Integer> DEPTHS = List.of(10, 30, 100, 300, 1000);
    private static final int UNITS = 16;
    private static final int ROUNDS = 5;

    private final double seconds;
    private final Path folder;

    /**
     * @param seconds how long each batch size is timed, in all rounds together
     * @param folder where the plots go
     */
    Scaling(double seconds, Path folder) {
        this.seconds = seconds;
        this.folder = folder;
    }

    /** Writes {@code scaling-batch.svg} and {@code scaling-layers.svg}; their figures as tables. */
    String run() throws IOException {
        return write("batch", "batch", stepTimes(Workload.named("convnet")))
                + write("layers", "Dense layers", compileTimes());
    }

    private String write(String name, String axis, Map<Integer, Double> milliseconds) throws IOException {
        Files.writeString(folder.resolve("scaling-" + name + ".svg"), new Plot(axis, "ms", milliseconds).svg());
        StringBuilder table = new StringBuilder("| " + axis + " | ms | µs each |\n|---|---|---|\n");
        milliseconds.forEach((count, time) ->
                table.append(String.format(Locale.ROOT, "| %d | %.2f | %.1f |%n", count, time, time / count * 1e3)));
        return table.append('\n').toString();
    }

    /** In rounds over all sizes, so that a disturbance of some seconds spoils no size; of each the median round. */
    private Map<Integer, Double> stepTimes(Workload workload) {
        Map<Integer, Workload.Run> runs = new TreeMap<>();
        try {
            for (int batch = 1; batch <= LARGEST_BATCH; batch *= 2) {
                runs.put(batch, workload.withBatch(batch).prepare());
            }
            Timing timing = new Timing(seconds / ROUNDS);
            return medians(runs.keySet(), batch -> timing.median(workload.withBatch(batch), runs.get(batch)));
        } finally {
            runs.values().forEach(Workload.Run::close);
        }
    }

    /** After the largest has been compiled, so that the JVM has seen the code; garbage of one is not left to the next. */
    private static Map<Integer, Double> compileTimes() {
        compile(DEPTHS.get(DEPTHS.size() - 1));
        return medians(DEPTHS, depth -> {
            System.gc();
            return compile(depth);
        });
    }

    private static Map<Integer, Double> medians(Collection<Integer> counts, IntToDoubleFunction seconds) {
        Map<Integer, List<Double>> times = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int count : counts) {
                times.computeIfAbsent(count, key -> new ArrayList<>()).add(seconds.applyAsDouble(count) * 1e3);
            }
        }
        Map<Integer, Double> medians = new TreeMap<>();
        times.forEach((count, each) -> medians.put(count, each.stream().sorted().toList().get(ROUNDS / 2)));
        return medians;
    }

    /** Seconds to trace, differentiate, optimise and compile the training step of a stack of Dense layers. */
    static double compile(int depth) {
        Tensor in = input(UNITS);
        Tensor x = in;
        for (int i = 0; i < depth; i++) {
            x = dense(UNITS).activation("relu").apply(x);
        }
        Model stack = model(in, x);
        stack.compile(new SGD(0.1), new SparseCategoricalCrossentropy().fromLogits(true));
        try (Batch data = Batch.of(Tensor.of(new float[UNITS], 1, UNITS), Tensor.of(new int[1], 1))) {
            long start = System.nanoTime();
            stack.trainProgram(data);
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
