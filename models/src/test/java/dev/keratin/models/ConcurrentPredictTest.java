package dev.keratin.models;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentPredictTest extends OnBackends {
    private static final int THREADS = 8;
    private static final int CALLS = 15;
    /** Batches of other lengths may be summed in another order. */
    private static final float TOLERANCE = 1e-5f;

    private static float[][][][] images(int thread) {
        Random random = new Random(thread);
        float[][][][] images = new float[5 + thread][6][6][1];
        for (float[][][] image : images) {
            for (float[][] row : image) {
                for (float[] pixel : row) {
                    pixel[0] = random.nextFloat();
                }
            }
        }
        return images;
    }

    private static float[] predict(Model model, Object images, int batch) {
        try (Tensor prediction = model.predict(images, batchSize(batch), verbose(0))) {
            return prediction.toFloatArray();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void predict_fromEightThreads_givesEachItsOwnAnswer(String backend) throws Exception {
        use(backend);
        Model model = sequential(input(6, 6, 1), conv2d(4, 3).activation("relu"), flatten(), dropout(0.5),
                dense(3).activation("softmax"));
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            float[][][][] images = images(i);
            tasks.add(() -> {
                float[] alone = predict(model, images, images.length);
                for (int call = 0; call < CALLS; call++) {
                    assertThat(predict(model, images, 1 + call % 4)).containsExactly(alone, within(TOLERANCE));
                }
                return null;
            });
        }
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            expected.add(predict(model, images(i), 3));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> result : threads.invokeAll(tasks)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < THREADS; i++) {
            assertThat(predict(model, images(i), 32)).containsExactly(expected.get(i), within(TOLERANCE));
        }
    }
}
