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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./keratin bench --scaling}: how the time of a step grows with the batch, and that of compiling with the layers. */
final class Scaling {
    private static final int LARGEST_BATCH = 512;
    private static final int[] DEPTHS = {10, 30, 100, 300, 1000};
    private static final int UNITS = 16;
    private static final int COMPILATIONS = 3;

    private final double seconds;
    private final Path folder;

    /**
     * @param seconds how long each batch size is timed
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

    private Map<Integer, Double> stepTimes(Workload workload) {
        Map<Integer, Double> times = new TreeMap<>();
        for (int batch = 1; batch <= LARGEST_BATCH; batch *= 2) {
            Workload sized = workload.withBatch(batch);
            try (Workload.Run run = sized.prepare()) {
                times.put(batch, new Timing(seconds).median(sized, run) * 1e3);
            }
        }
        return times;
    }

    /** The best of some, after the largest has been compiled once so that the JVM has seen the code. */
    private static Map<Integer, Double> compileTimes() {
        compile(DEPTHS[DEPTHS.length - 1]);
        Map<Integer, Double> times = new TreeMap<>();
        for (int depth : DEPTHS) {
            for (int i = 0; i < COMPILATIONS; i++) {
                times.merge(depth, compile(depth) * 1e3, Math::min);
            }
        }
        return times;
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
