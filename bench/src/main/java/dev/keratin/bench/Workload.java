package dev.keratin.bench;

import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.spi.Executable;
import dev.keratin.data.Batch;
import dev.keratin.losses.SparseCategoricalCrossentropy;
import dev.keratin.models.Model;
import dev.keratin.optimizers.Adam;
import dev.keratin.optimizers.Optimizer;
import dev.keratin.optimizers.SGD;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of the performance table: a model and the data of one step.
 *
 * @param name such as {@code "mlp"}
 * @param batch samples per step
 * @param shape of one sample
 * @param classes from which labels are drawn
 * @param vocabulary from which tokens are drawn; 0 for normal random numbers
 * @param model makes the model, whose output is logits
 * @param optimizer makes what it is trained with; null where nothing is trained
 */
record Workload(String name, int batch, Shape shape, int classes, int vocabulary, Supplier<Model> model,
        @Nullable Supplier<Optimizer> optimizer) {
    private static final Shape PHOTO = Shape.of(224, 224, 3);

    /** A workload that is ready to be timed. */
    interface Run extends AutoCloseable {
        /** One step. In training its loss: the mean of all steps so far; otherwise the first of its predictions. */
        double step();

        /** The compiled program of a step. */
        Executable program();

        @Override
        void close();
    }

    /** For the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return all().keySet().iterator();
        }
    }

    /** All workloads by name. */
    static Map<String, Workload> all() {
        Map<String, Workload> all = new LinkedHashMap<>();
        add(all, new Workload("mlp", 128, Shape.of(784), 10, 0, BenchModels::mlp, Workload::adam));
        add(all, new Workload("convnet", 128, Shape.of(28, 28, 1), 10, 0, BenchModels::convnet, Workload::adam));
        add(all, new Workload("resnet20", 128, Shape.of(32, 32, 3), 10, 0, BenchModels::resnet20, Workload::momentum));
        add(all, new Workload("lstm", 32, Shape.of(80), 2, BenchModels.VOCABULARY, BenchModels::lstm, Workload::adam));
        add(all, new Workload("transformer", 32, Shape.of(128), 2, BenchModels.VOCABULARY, BenchModels::transformer,
                Workload::adam));
        add(all, new Workload("resnet50-train", 16, PHOTO, 1000, 0, BenchModels::resnet50, Workload::momentum));
        add(all, new Workload("resnet50-b1", 1, PHOTO, 1000, 0, BenchModels::resnet50, null));
        add(all, new Workload("resnet50-b32", 32, PHOTO, 1000, 0, BenchModels::resnet50, null));
        add(all, new Workload("mobilenetv2-b1", 1, PHOTO, 1000, 0, BenchModels::mobilenetv2, null));
        return all;
    }

    static Workload named(String name) {
        Workload workload = all().get(name);
        if (workload == null) {
            throw new IllegalArgumentException("bench: the name of a workload is required. Received: \"" + name + "\". Known: "
                    + String.join(", ", all().keySet()) + ".");
        }
        return workload;
    }

    /** Whether a step trains; otherwise it predicts. */
    boolean trains() {
        return optimizer != null;
    }

    /** The same model and data with another number of samples per step. */
    Workload withBatch(int samples) {
        return new Workload(name, samples, shape, classes, vocabulary, model, optimizer);
    }

    /** Makes model and data. */
    Run prepare() {
        Batch data = data();
        return optimizer == null ? new Inference(model.get(), data) : new Training(trainable(), data);
    }

    /** The model, compiled for training. */
    Model trainable() {
        if (optimizer == null) {
            throw new IllegalArgumentException("bench: a workload that trains is required. Received: \"" + name
                    + "\", which predicts. Those that train: "
                    + all().values().stream().filter(Workload::trains).map(Workload::name).collect(Collectors.joining(", ")) + ".");
        }
        Model trained = model.get();
        trained.compile(optimizer.get(), new SparseCategoricalCrossentropy().fromLogits(true));
        return trained;
    }

    private record Training(Model model, Batch data) implements Run {
        @Override
        public double step() {
            return model.trainOnBatch(data).get("loss");
        }

        @Override
        public Executable program() {
            return model.trainProgram(data);
        }

        @Override
        public void close() {
            data.close();
        }
    }

    private record Inference(Model model, Batch data) implements Run {
        @Override
        public double step() {
            try (Tensor predictions = model.predictOnBatch(data.x().get(0))) {
                return predictions.toFloatArray()[0];
            }
        }

        @Override
        public Executable program() {
            return model.predictProgram(data.x());
        }

        @Override
        public void close() {
            data.close();
        }
    }

    /** The data of one step. */
    Batch data() {
        Random random = new Random(0);
        long[] dims = Shape.of(batch).concat(shape).dims();
        int size = (int) Shape.of(dims).size();
        Tensor x = vocabulary > 0
                ? Tensor.of(random.ints(size, 0, vocabulary).toArray(), dims)
                : Tensor.of(normal(random, size), dims);
        return Batch.of(x, Tensor.of(random.ints(batch, 0, classes).toArray(), batch));
    }

    private static float[] normal(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static void add(Map<String, Workload> all, Workload workload) {
        all.put(workload.name, workload);
    }

    private static Optimizer adam() {
        return new Adam(1e-3);
    }

    private static Optimizer momentum() {
        return new SGD(0.1).momentum(0.9);
    }
}
