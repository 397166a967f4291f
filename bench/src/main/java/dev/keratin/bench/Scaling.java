package dev.keratin.bench;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.model;

import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.spi.Executable;
import dev.keratin.data.Batch;
import dev.keratin.losses.SparseCategoricalCrossentropy;
import dev.keratin.models.Model;
import dev.keratin.optimizers.SGD;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** {@code ./keratin bench --scaling}: how the time of a step grows with the batch, and that of compiling with the layers. */
final class Scaling {
    private static final int LARGEST_BATCH = 512;
    private static final List<Integer> DEPTHS = List.of(10, 30, 100, 300, 1000);
    private static final int UNITS = 16;
    private static final int ROUNDS = 5;

    /**
     * What a compilation took, in seconds.
     *
     * @param processor of the thread that compiles
     * @param elapsed with collections of garbage
     */
    private record Cost(double processor, double elapsed) {}

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
        Map<Integer, Double> steps = stepTimes(Workload.named("convnet"));
        Map<Integer, List<Cost>> costs = compilations();
        return write("batch", "batch", steps) + write("layers", "Dense layers", medians(costs, Cost::processor))
                + "Elapsed, with collections of garbage:\n\n" + table("Dense layers", medians(costs, Cost::elapsed));
    }

    private String write(String name, String axis, Map<Integer, Double> milliseconds) throws IOException {
        Files.writeString(folder.resolve("scaling-" + name + ".svg"), new Plot(axis, "ms", milliseconds).svg());
        return table(axis, milliseconds);
    }

    private static String table(String axis, Map<Integer, Double> milliseconds) {
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
            return medians(rounds(runs.keySet(), batch -> timing.median(workload.withBatch(batch), runs.get(batch))), each -> each);
        } finally {
            runs.values().forEach(Workload.Run::close);
        }
    }

    /** After the largest has been compiled some times, so that the JVM has seen the code. */
    private static Map<Integer, List<Cost>> compilations() {
        for (int i = 0; i < ROUNDS; i++) {
            compile(DEPTHS.get(DEPTHS.size() - 1));
        }
        return rounds(DEPTHS, Scaling::compile);
    }

    private static <T> Map<Integer, List<T>> rounds(Collection<Integer> counts, IntFunction<T> measurement) {
        Map<Integer, List<T>> all = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int count : counts) {
                all.computeIfAbsent(count, key -> new ArrayList<>()).add(measurement.apply(count));
            }
        }
        return all;
    }

    /** In milliseconds. */
    private static <T> Map<Integer, Double> medians(Map<Integer, List<T>> rounds, ToDoubleFunction<T> seconds) {
        Map<Integer, Double> medians = new TreeMap<>();
        rounds.forEach((count, each) ->
                medians.put(count, each.stream().mapToDouble(seconds).sorted().toArray()[each.size() / 2] * 1e3));
        return medians;
    }

    /** Traces, differentiates, optimises and compiles the training step of a stack of Dense layers. */
    private static Cost compile(int depth) {
        Tensor in = input(UNITS);
        Tensor x = in;
        for (int i = 0; i < depth; i++) {
            x = dense(UNITS).activation("relu").apply(x);
        }
        Model stack = model(in, x);
        stack.compile(new SGD(0.1), new SparseCategoricalCrossentropy().fromLogits(true));
        try (Batch data = Batch.of(Tensor.of(new float[UNITS], 1, UNITS), Tensor.of(new int[1], 1))) {
            System.gc();
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long start = System.nanoTime();
            long processor = threads.getCurrentThreadCpuTime();
            Executable step = stack.trainProgram(data);
            Cost cost = new Cost((threads.getCurrentThreadCpuTime() - processor) / 1e9, (System.nanoTime() - start) / 1e9);
            step.close();
            return cost;
        } finally {
            stack.weights().forEach(Variable::close);
        }
    }
}
