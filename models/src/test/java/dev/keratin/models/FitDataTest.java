package dev.keratin.models;

import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.classWeight;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.sampleWeight;
import static dev.keratin.models.training.FitOption.shuffle;
import static dev.keratin.models.training.FitOption.validationData;
import static dev.keratin.models.training.FitOption.validationSplit;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.data.Batch;
import dev.keratin.data.Dataset;
import dev.keratin.losses.SparseCategoricalCrossentropy;
import dev.keratin.metrics.SparseCategoricalAccuracy;
import dev.keratin.models.training.FitOption;
import dev.keratin.models.training.History;
import dev.keratin.optimizers.Adam;
import dev.keratin.optimizers.SGD;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same data in every form that fit takes gives the same numbers. */
class FitDataTest {
    private static final double EXACT = 1e-6;
    private final float[][] x = {{1}, {2}, {3}, {4}, {5}};
    private final float[][] y = {{1}, {0}, {1}, {0}, {1}};

    /** Predicts 0 for everything and never learns, so that losses can be told by hand. */
    private static Sequential still() {
        Sequential model = sequential(input(1), dense(1).kernelInitializer("zeros"));
        model.compile(new SGD(0), "mse");
        return model;
    }

    private double loss(FitOption... options) {
        FitOption[] all = java.util.Arrays.copyOf(options, options.length + 2);
        all[options.length] = verbose(0);
        all[options.length + 1] = shuffle(false);
        return still().fit(x, y, all).get("loss").get(0);
    }

    @Test
    void fit_lastPartialBatch_countsByItsSamples() {
        assertThat(loss(batchSize(2))).isCloseTo(0.6, within(EXACT));
        assertThat(loss(batchSize(5))).isCloseTo(0.6, within(EXACT));
    }

    @Test
    void fit_sampleWeights_weighLosses() {
        assertThat(loss(sampleWeight(new float[] {2, 1, 0, 1, 1}))).isCloseTo(0.6, within(EXACT));
        assertThat(loss(sampleWeight(new float[] {5, 1, 0, 1, 0}))).isCloseTo(1.0, within(EXACT));
    }

    @Test
    void fit_classWeights_weighTheSamplesOfAClass() {
        assertThat(loss(classWeight(Map.of(1, 3.0)))).isCloseTo(1.8, within(EXACT));
        assertThat(loss(classWeight(Map.of(0, 3.0)))).isCloseTo(0.6, within(EXACT));
    }

    @Test
    void fit_validation_isTheEndOfTheDataOrWhatIsGiven() {
        History split = still().fit(x, y, validationSplit(0.4), verbose(0));
        assertThat(split.get("loss").get(0)).isCloseTo(2 / 3.0, within(EXACT));
        assertThat(split.get("val_loss").get(0)).isCloseTo(0.5, within(EXACT));
        History given = still().fit(x, y, validationData(new float[][] {{1}}, new float[][] {{2}}), verbose(0));
        assertThat(given.get("val_loss").get(0)).isCloseTo(4, within(EXACT));
    }

    @Test
    void fit_dataset_givesWhatArraysGive() {
        try (Tensor inputs = Tensor.of(x); Tensor targets = Tensor.of(y)) {
            History history = still().fit(Dataset.fromTensors(inputs, targets).batch(2), epochs(2), verbose(0));
            assertThat(history.get("loss").get(1)).isCloseTo(0.6, within(EXACT));
        }
    }

    @Test
    void fit_iterableOfArrays_isGoneThroughInEachEpoch() {
        List<Object[]> batches = List.of(new Object[] {new float[][] {{1}, {2}}, new float[][] {{1}, {0}}},
                new Object[] {new float[][] {{3}}, new float[][] {{1}}});
        History history = still().fit(batches, epochs(3), verbose(0));
        assertThat(history.get("loss")).hasSize(3);
        assertThat(history.get("loss").get(2)).isCloseTo(2 / 3.0, within(EXACT));
    }

    @Test
    void fit_listOfBatches_isGoneThroughInEachEpochAndStaysOpen() {
        try (Batch batch = Batch.of(Tensor.of(x), Tensor.of(y))) {
            List<Batch> batches = List.of(batch);
            assertThat(still().fit(batches, epochs(2), verbose(0)).get("loss").get(1)).isCloseTo(0.6, within(EXACT));
            assertThat(still().fit(Dataset.of(batches), epochs(2), verbose(0)).get("loss").get(1)).isCloseTo(0.6, within(EXACT));
            List<Object[]> parts = List.<Object[]>of(new Object[] {batch.x().get(0), batch.y().get(0)});
            assertThat(still().fit(parts, epochs(2), verbose(0)).get("loss").get(1)).isCloseTo(0.6, within(EXACT));
            assertThat(batch.tensors()).noneMatch(Tensor::isClosed);
        }
    }

    @Test
    void fit_iterableOfFreshBatches_isGoneThroughInEachEpoch() {
        Iterable<Batch> batches = () -> List.of(Batch.of(Tensor.of(x), Tensor.of(y))).iterator();
        assertThat(still().fit(batches, epochs(2), verbose(0)).get("loss").get(1)).isCloseTo(0.6, within(EXACT));
    }

    @Test
    void predict_ofATensor_leavesItOpen() {
        Sequential model = still();
        try (Tensor inputs = Tensor.of(x)) {
            model.predict(inputs, batchSize(5), verbose(0)).close();
            model.predict(inputs, batchSize(32), verbose(0)).close();
            model.predictOnBatch(inputs).close();
            assertThat(inputs.isClosed()).isFalse();
        }
    }

    @Test
    void functionalModelAndTapeLoop_asTheDesignHasThem_learn() {
        var in = input(784);
        var x = dense(64).activation("relu").apply(in);
        var y = dense(10).apply(concatenate().apply(x, dense(8).apply(in)));
        var m = model(in, y);
        m.compile(new Adam(1e-3), new SparseCategoricalCrossentropy().fromLogits(true), new SparseCategoricalAccuracy());
        float[][] pictures = new float[6][784];
        for (int i = 0; i < 6; i++) {
            pictures[i][i] = 1;
        }
        Tensor xBatch = Tensor.of(pictures);
        Tensor yBatch = Tensor.of(new int[] {0, 1, 2, 3, 4, 5});
        var lossFn = new SparseCategoricalCrossentropy().fromLogits(true);
        var optimizer = new Adam(1e-2);
        double first = m.evaluate(xBatch, yBatch, verbose(0)).get("loss");
        for (int step = 0; step < 5; step++) {
            try (var tape = new GradientTape()) {
                Tensor loss = lossFn.call(yBatch, m.call(xBatch, true));
                optimizer.apply(tape.gradient(loss, m.trainableVariables()), m.trainableVariables());
            }
        }
        assertThat(m.evaluate(xBatch, yBatch, verbose(0)).get("loss")).isLessThan(0.9 * first);
        xBatch.close();
        yBatch.close();
    }
}
