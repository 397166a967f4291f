package dev.keratin.models;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.globalAveragePooling2d;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.shuffle;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Tensor;
import dev.keratin.random.Random;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Convolutions of a model that predicts have their kernels in an order of their own; nothing else shows that. */
class LentWeightsTest extends OnBackends {
    private static final long SEED = 7;
    private static final int SAMPLES = 12;
    private static final int SIZE = 6;
    private static final int THREADS = 8;

    private final float[][][][] x = new float[SAMPLES][SIZE][SIZE][64];
    private final float[][] y = new float[SAMPLES][2];

    LentWeightsTest() {
        java.util.Random random = new java.util.Random(SEED);
        for (int i = 0; i < SAMPLES; i++) {
            for (float[][] row : x[i]) {
                for (float[] pixel : row) {
                    pixel[i % 64] = random.nextFloat();
                }
            }
            y[i][i % 2] = 1;
        }
    }

    @BeforeEach
    void useNative() {
        use(NATIVE);
    }

    /** With kernels of 147 and 295 KB. */
    private static Model model() {
        Random.setSeed(SEED);
        Model model = sequential(input(SIZE, SIZE, 64), conv2d(64, 3).activation("relu"), conv2d(128, 3).activation("relu"),
                globalAveragePooling2d(), dense(2));
        model.compile("adam", "mse");
        return model;
    }

    private float[] predict(Model model, int batch) {
        try (Tensor prediction = model.predict(x, batchSize(batch), verbose(0))) {
            return prediction.toFloatArray();
        }
    }

    private void fit(Model model) {
        model.fit(x, y, epochs(2), batchSize(4), shuffle(false), verbose(0));
    }

    /** The state of a model after actions and training, in turn. */
    private ModelState trained(Consumer<Model> between) {
        Model model = model();
        for (int i = 0; i < 3; i++) {
            between.accept(model);
            fit(model);
        }
        return ModelState.of(model);
    }

    @Test
    void weights_afterPredict_areTheBitsFromBefore() {
        Model model = model();
        List<ByteBuffer> before = ModelState.of(model()).weights();
        float[] predicted = predict(model, SAMPLES);

        assertThat(ModelState.of(model).weights()).isEqualTo(before);
        assertThat(predict(model, SAMPLES)).containsExactly(predicted);
    }

    @Test
    void fit_withPredictionsInBetween_trainsAsWithoutThem() {
        ModelState alone = trained(model -> { });

        assertThat(trained(model -> predict(model, SAMPLES))).isEqualTo(alone);
        assertThat(trained(model -> predict(model, 5))).as("batches of two lengths").isEqualTo(alone);
    }

    @Test
    void fit_withEvaluationsInBetween_trainsAsWithoutThem() {
        ModelState alone = trained(model -> { });

        assertThat(trained(model -> model.evaluate(x, y, batchSize(SAMPLES), verbose(0))).withoutMetrics())
                .isEqualTo(alone.withoutMetrics());
    }

    @Test
    void predict_fromEightThreadsWhileWeightsAreRead_givesTheSame() throws Exception {
        Model model = model();
        float[] expected = predict(model(), SAMPLES);
        List<ByteBuffer> weights = ModelState.of(model()).weights();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<List<ByteBuffer>> read = threads.submit(() -> ModelState.of(model).weights());
            List<Future<float[]>> predictions = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                predictions.add(threads.submit(() -> predict(model, SAMPLES)));
            }
            for (Future<float[]> prediction : predictions) {
                assertThat(prediction.get()).containsExactly(expected);
            }
            assertThat(read.get()).isEqualTo(weights);
        } finally {
            threads.shutdownNow();
        }
        assertThat(ModelState.of(model).weights()).isEqualTo(weights);
    }
}
