package dev.keratin.models;

import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.shuffleSeed;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.data.Batch;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.Layer;
import dev.keratin.models.training.Compilation;
import dev.keratin.models.training.History;
import dev.keratin.random.Random;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of each kind learns the same op by op as in one compiled step. */
class EagerCompiledTest extends OnBackends {
    /** The compiled step sums and fuses in another order; four epochs of training multiply the difference. */
    private static final float TOLERANCE = 2e-4f;
    private static final int SAMPLES = 20;

    private final float[][][][] images = new float[SAMPLES][6][6][1];
    private final float[][] rows = new float[SAMPLES][3];
    private final int[] labels = new int[SAMPLES];

    EagerCompiledTest() {
        java.util.Random random = new java.util.Random(11);
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = i % 3;
            for (int j = 0; j < 3; j++) {
                rows[i][j] = random.nextFloat() - 0.5f;
            }
            for (float[][] row : images[i]) {
                for (float[] pixel : row) {
                    pixel[0] = random.nextFloat();
                }
            }
        }
    }

    private static void check(String backend, Supplier<Model> make, Compilation[] eagerAndCompiled, Object x, Object y) {
        use(backend);
        History[] histories = new History[2];
        Model[] models = new Model[2];
        for (int i = 0; i < 2; i++) {
            Random.setSeed(3);
            models[i] = make.get();
            models[i].compile(eagerAndCompiled[i].runEagerly(i == 0));
            histories[i] = models[i].fit(x, y, epochs(4), batchSize(8), shuffleSeed(5), verbose(0));
        }
        histories[0].history().forEach((name, values) -> {
            for (int i = 0; i < values.size(); i++) {
                assertThat(histories[1].get(name).get(i)).as(name).isCloseTo(values.get(i), within((double) TOLERANCE));
            }
        });
        List<Variable> compiled = models[1].weights();
        for (int i = 0; i < compiled.size(); i++) {
            assertThat(compiled.get(i).value().toFloatArray()).as(compiled.get(i).toString())
                    .containsExactly(models[0].weights().get(i).value().toFloatArray(), within(TOLERANCE));
        }
    }

    private static Compilation[] twice(Supplier<Compilation> compilation) {
        return new Compilation[] {compilation.get(), compilation.get()};
    }

    @ParameterizedTest
    @MethodSource("backends")
    void sequentialCnn_learnsTheSame(String backend) {
        check(backend, () -> sequential(input(6, 6, 1), conv2d(3, 3).activation("relu"), batchNormalization(), maxPooling2d(2),
                flatten(), dropout(0.3), dense(3).activation("softmax")),
                twice(() -> new Compilation("sgd", "sparse_categorical_crossentropy").metrics("accuracy")), images, labels);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void functionalWithSeveralInputsAndOutputs_learnsTheSame(String backend) {
        check(backend, () -> {
            var picture = input(6, 6, 1);
            var row = input(3);
            var features = concatenate().apply(flatten().apply(picture), dense(4).activation("tanh").apply(row));
            return model(List.of(picture, row), List.of(dense(3).activation("softmax").name("label").apply(features),
                    dense(3).name("row").apply(features)));
        }, twice(() -> new Compilation("sgd", Map.of("label", "sparse_categorical_crossentropy", "row", "mse"))
                .lossWeights(Map.of("row", 0.5)).metrics(Map.of("label", "accuracy"))),
                List.of(images, rows), List.of(labels, rows));
    }

    /** Repeats a layer as often as a Java loop says and takes a branch by Java's {@code if}. */
    private static class Looping extends Model {
        private final Layer first = dense(5).activation("tanh");
        private final Layer repeated = dense(5).activation("tanh");
        private final Layer last = dense(3).activation("softmax");
        private final Layer noise = dropout(0.25);

        @Override
        protected Tensor call(Tensor input, CallContext context) {
            Tensor x = first.apply(input);
            for (int i = 0; i < 3; i++) {
                x = Ops.add(x, repeated.apply(x));
            }
            if (context.training()) {
                x = noise.apply(x);
            }
            return last.apply(x);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void subclassWithJavaControlFlow_learnsTheSame(String backend) {
        check(backend, Looping::new,
                twice(() -> new Compilation("sgd", "sparse_categorical_crossentropy").metrics("accuracy")), rows, labels);
    }

    /** Trains on twice the loss, with a step of its own. */
    private static final class DoubleLoss extends Looping {
        @Override
        protected Map<String, Tensor> trainStep(Batch batch) {
            try (GradientTape tape = new GradientTape()) {
                List<Tensor> predictions = call(batch.x(), true);
                Tensor loss = tape.keep(Ops.multiply(computeLoss(batch, predictions, List.of()), 2));
                optimizer().apply(tape.gradient(loss, trainableVariables()), trainableVariables());
                return Map.of("double_loss", loss);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void ownTrainStep_learnsTheSame(String backend) {
        check(backend, DoubleLoss::new,
                twice(() -> new Compilation("sgd", "sparse_categorical_crossentropy")), rows, labels);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void tapeLoop_learnsWhatFitLearns(String backend) {
        use(backend);
        float[][] weights = new float[2][];
        for (int i = 0; i < 2; i++) {
            Random.setSeed(9);
            Sequential model = sequential(input(3), dense(4).activation("relu"), dropout(0.5), dense(1));
            float[][] target = new float[SAMPLES][1];
            if (i == 0) {
                model.compile("adam", "mse");
                for (int step = 0; step < 5; step++) {
                    model.trainOnBatch(rows, target);
                }
            } else {
                tapeLoop(model, Tensor.of(rows), Tensor.of(target));
            }
            weights[i] = model.weights().get(0).value().toFloatArray();
        }
        assertThat(weights[1]).containsExactly(weights[0], within(TOLERANCE));
    }

    private static void tapeLoop(Model model, Tensor x, Tensor y) {
        var optimizer = new dev.keratin.optimizers.Adam();
        var lossFn = new dev.keratin.losses.MeanSquaredError();
        for (int step = 0; step < 5; step++) {
            try (var tape = new GradientTape()) {
                Tensor loss = lossFn.call(y, model.call(x, true));
                optimizer.apply(tape.gradient(loss, model.trainableVariables()), model.trainableVariables());
                loss.close();
            }
        }
        x.close();
        y.close();
    }
}
