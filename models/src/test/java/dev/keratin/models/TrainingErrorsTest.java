package dev.keratin.models;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.callbacks;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.validationBatchSize;
import static dev.keratin.models.training.FitOption.validationData;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.data.Batch;
import dev.keratin.data.Dataset;
import dev.keratin.layers.Layers;
import dev.keratin.layers.Layers;
import dev.keratin.models.callbacks.TerminateOnNaN;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in training end with a message and change nothing: no weight, no optimizer state, no metric. */
class TrainingErrorsTest extends OnBackends {
    private final float[][] x = {{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}, {4, 5, 6, 7}};
    private final int[] y = {0, 1, 2, 0};

    private static Sequential classifier() {
        return sequential(input(4), dense(5).activation("relu"), dropout(0.3), dense(3).activation("softmax"));
    }

    private Sequential trained(String backend, String loss) {
        use(backend);
        Sequential model = classifier();
        model.compile("adam", loss, "accuracy");
        Object targets = loss.startsWith("sparse") ? y : new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
        model.fit(x, targets, epochs(2), verbose(0));
        return model;
    }

    private static Iterable<Object[]> batches(Object x, Object y) {
        return Collections.singletonList(new Object[] {x, y});
    }

    private static void refuses(Model model, ThrowingCallable mistake, String... parts) {
        ModelState before = ModelState.of(model);
        assertThatThrownBy(mistake).satisfies(Errors::hasThreeParts).hasMessageContainingAll(parts);
        assertThat(ModelState.of(model)).isEqualTo(before);
    }

    /** What only a batch in the middle of an epoch shows: metrics have been reset by then. */
    private static void refusesBatch(Model model, ThrowingCallable mistake, String... parts) {
        ModelState before = ModelState.of(model).withoutMetrics();
        assertThatThrownBy(mistake).satisfies(Errors::hasThreeParts).hasMessageContainingAll(parts);
        assertThat(ModelState.of(model).withoutMetrics()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void wrongLastAxis_isRefused(String backend) {
        Sequential model = trained(backend, "sparse_categorical_crossentropy");
        float[][] wrong = new float[4][7];
        refuses(model, () -> model.fit(wrong, y, verbose(0)), "[null, 4]", "float32[4, 7]");
        refuses(model, () -> model.evaluate(wrong, y, verbose(0)), "float32[4, 7]");
        refuses(model, () -> model.predict(wrong, verbose(0)), "float32[4, 7]");
        refuses(model, () -> model.predictOnBatch(wrong), "float32[4, 7]");
        refuses(model, () -> model.trainOnBatch(wrong, y), "float32[4, 7]");
        refuses(model, () -> model.testOnBatch(wrong, y), "float32[4, 7]");
        refusesBatch(model, () -> model.fit(batches(wrong, y), verbose(0)), "float32[4, 7]");
        refuses(model, () -> model.call(Ops.ones(Shape.of(2, 7)), true), "float32[2, 7]");
        refuses(model, () -> model.fit(x, y, validationData(wrong, y), verbose(0)), "float32[4, 7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void wrongRank_isRefused(String backend) {
        Sequential model = trained(backend, "sparse_categorical_crossentropy");
        refuses(model, () -> model.fit(new float[4][2][4], y, verbose(0)), "float32[4, 2, 4]");
        refuses(model, () -> model.predict(new float[4], verbose(0)), "float32[4]");
    }

    @Test
    void wrongRank_forAConvolution_namesTheAxes() {
        Model images = sequential(conv2d(2, 3), flatten(), dense(2));
        refuses(images, () -> images.predict(new float[2][8][8], verbose(0)), "8, 8]",
                "[batch, height, width, channels]");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void labelOutOfRange_isRefused(String backend) {
        Sequential model = trained(backend, "sparse_categorical_crossentropy");
        for (int bad : new int[] {3, -1}) {
            int[] wrong = {0, 1, bad, 2};
            String[] parts = {"labels from 0 to 2", "Received: " + bad + " at index 2"};
            refuses(model, () -> model.fit(x, wrong, verbose(0)), parts);
            refuses(model, () -> model.evaluate(x, wrong, verbose(0)), parts);
            refuses(model, () -> model.trainOnBatch(x, wrong), parts);
            refuses(model, () -> model.testOnBatch(x, wrong), parts);
            refuses(model, () -> model.fit(x, y, validationData(x, wrong), verbose(0)), parts);
            refusesBatch(model, () -> model.fit(batches(x, wrong), verbose(0)), parts);
            refusesBatch(model, () -> model.evaluate(batches(x, wrong), verbose(0)), parts);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void targetsOfAnotherLoss_areRefusedWithTheRightLoss(String backend) {
        Sequential sparse = trained(backend, "sparse_categorical_crossentropy");
        refuses(sparse, () -> sparse.fit(x, new float[4][3], verbose(0)), "categorical_crossentropy");
        Sequential dense = trained(backend, "categorical_crossentropy");
        refuses(dense, () -> dense.fit(x, y, verbose(0)), "sparse_categorical_crossentropy", "int32[4]");
        refuses(dense, () -> dense.trainOnBatch(x, y), "sparse_categorical_crossentropy", "int32[4]");
        refuses(dense, () -> dense.fit(x, new float[4][2], verbose(0)), "float32[4, 2]");
        refuses(dense, () -> dense.fit(x, new float[3][3], verbose(0)), "first axes", "float32[3, 3]");
        refuses(dense, () -> dense.fit(x, List.of(new float[4][3], new float[4][3]), verbose(0)), "target");
    }

    @Test
    void unknownNames_areRefusedWithNearMisses() {
        Sequential model = trained(NATIVE, "sparse_categorical_crossentropy");
        refuses(model, () -> dense(3).activation("rellu"), "\"rellu\"", "Did you mean \"relu\"");
        refuses(model, () -> model.compile("adm", "mse"), "\"adm\"", "\"adam\"");
        refuses(model, () -> model.compile("adam", "sparse_categorical_crossentrophy"), "\"sparse_categorical_crossentropy\"");
        refuses(model, () -> model.compile("adam", "mse", "acuracy"), "\"acuracy\"", "\"accuracy\"");
        refuses(model, () -> dense(3).kernelInitializer("he_norml"), "\"he_norml\"", "\"he_normal\"");
        refuses(model, () -> Backends.use("jav"), "\"jav\"", "\"java\"");
        refuses(model, () -> Layers.registry().get("Attend4Words"), "\"Attend4Words\"", "The nearest of ", "\"Attention\"");
    }

    @Test
    void compile_unknownName_leavesTheOldCompilation() {
        Sequential model = trained(NATIVE, "sparse_categorical_crossentropy");
        assertThatThrownBy(() -> model.compile("adam", "msse")).hasMessageContaining("mse");
        assertThat(model.trainOnBatch(x, y)).containsKeys("loss", "accuracy");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void fit_nanLossWithTerminateOnNaN_keepsTheStateFromBeforeTheBatch(String backend) {
        Sequential model = trained(backend, "sparse_categorical_crossentropy");
        float[][] bad = {{Float.NaN, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}, {4, 5, 6, 7}};
        ModelState before = ModelState.of(model);
        assertThatThrownBy(() -> model.fit(bad, y, batchSize(4), verbose(0),
                callbacks(new TerminateOnNaN().raiseError(true)))).satisfies(Errors::hasThreeParts)
                .hasMessageContaining("Received: NaN");
        assertThat(ModelState.of(model).weights()).isEqualTo(before.weights());
        assertThat(ModelState.of(model).optimizer()).isEqualTo(before.optimizer());
        model.fit(bad, y, epochs(3), verbose(0), callbacks(new TerminateOnNaN()));
        assertThat(ModelState.of(model).weights()).isEqualTo(before.weights());
    }

    @Test
    void beforeCompile_everyStepSaysWhatToDo() {
        Sequential model = classifier();
        String[] parts = {"compiled model is required", "compile("};
        refuses(model, () -> model.fit(x, y), parts);
        refuses(model, () -> model.fit(Dataset.fromTensors(Tensor.of(x), Tensor.of(y)).batch(2)), parts);
        refuses(model, () -> model.evaluate(x, y), parts);
        refuses(model, () -> model.trainOnBatch(x, y), parts);
        refuses(model, () -> model.testOnBatch(x, y), parts);
    }

    @Test
    void options_outOfRange_areRefused() {
        Sequential model = trained(NATIVE, "sparse_categorical_crossentropy");
        refuses(model, () -> model.fit(x, y, batchSize(0)), "batchSize: at least 1", "Received: 0");
        refuses(model, () -> model.predict(x, batchSize(-1)), "batchSize: at least 1", "Received: -1");
        refuses(model, () -> model.fit(x, y, validationBatchSize(0)), "validationBatchSize");
        refuses(model, () -> model.fit(x, y, epochs(0)), "epochs: at least 1");
        refuses(model, () -> model.fit(x, y, verbose(3)), "verbose: 0 for silence", "Received: 3", "Leave the option out");
        refuses(model, () -> Dataset.fromTensors(Tensor.of(x)).batch(0), "batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void closedTensor_isRefused(String backend) {
        Sequential model = trained(backend, "sparse_categorical_crossentropy");
        Tensor closed = Tensor.of(x);
        closed.close();
        refuses(model, () -> model.fit(closed, y, verbose(0)), "open tensor", "float32[4, 4]");
        refuses(model, () -> model.predict(closed, verbose(0)), "open tensor");
        refuses(model, () -> model.trainOnBatch(closed, y), "open tensor");
        refuses(model, () -> model.trainOnBatch(new Batch(List.of(closed), List.of(Tensor.of(y)), List.of())), "open tensor");
        refuses(model, () -> model.call(closed, true), "open tensor");
        refuses(model, () -> Ops.add(closed, 1), "open tensor");
        refuses(model, closed::toFloatArray, "open tensor");
    }

    @Test
    void data_thatIsNone_isRefused() {
        Sequential model = trained(NATIVE, "sparse_categorical_crossentropy");
        refuses(model, () -> model.fit(new float[0][4], new int[0], verbose(0)), "float32[0]");
        refusesBatch(model, () -> model.fit(List.of(), verbose(0)), "batch");
        refuses(model, () -> model.fit(Map.of("other", x), y, verbose(0)), "other");
        refuses(model, () -> model.fit("text", y, verbose(0)), "String");
    }
}
