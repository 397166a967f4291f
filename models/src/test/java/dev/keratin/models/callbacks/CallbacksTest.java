package dev.keratin.models.callbacks;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.callbacks;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.shuffle;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.models.Sequential;
import dev.keratin.models.training.History;
import dev.keratin.optimizers.SGD;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbacksTest {
    private static final double EXACT = 1e-6;

    private final float[][] x = {{1}, {2}, {3}, {4}};
    private final float[][] y = {{1}, {2}, {3}, {4}};

    /** y = w x, from w = 0; the learning rate decides whether it converges. */
    private static Sequential line(double learningRate) {
        Sequential model = sequential(input(1), dense(1).useBias(false).kernelInitializer("zeros"));
        model.compile(new SGD(learningRate), "mse", "mae");
        return model;
    }

    /** Reports numbers of the test's choice as a metric, before the callbacks that look at it. */
    private static Callback reporting(String metric, double... values) {
        return new LambdaCallback().onEpochEnd((epoch, logs) -> logs.put(metric, values[Math.min(epoch, values.length - 1)]));
    }

    private History fit(Sequential model, int epochs, Callback... all) {
        return model.fit(x, y, epochs(epochs), batchSize(4), shuffle(false), verbose(0), callbacks(all));
    }

    @Test
    void earlyStopping_patience_stopsThatManyEpochsAfterTheBest() {
        EarlyStopping stopping = new EarlyStopping("val_loss").patience(2);
        History history = fit(line(0.01), 10, reporting("val_loss", 3, 2, 1, 1.5, 1.2, 0.5), stopping);
        assertThat(history.epochs()).containsExactly(0, 1, 2, 3, 4);
        assertThat(stopping.stoppedEpoch()).isEqualTo(4);
        assertThat(stopping.bestEpoch()).isEqualTo(2);
    }

    @Test
    void earlyStopping_metricThatIsMissing_isWarnedOfOnce() {
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger(Monitor.class.getName());
        logger.setFilter(record -> !warnings.add(record.getMessage()));
        fit(line(0.01), 3, new EarlyStopping("val_loss"));
        logger.setFilter(null);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void earlyStopping_restoreBestWeights_bringsThoseOfTheBestEpochBack() {
        List<Float> weights = new ArrayList<>();
        Sequential model = line(0.01);
        fit(model, 10, reporting("val_loss", 3, 1, 2, 2), new LambdaCallback().onEpochEnd((epoch, logs) ->
                weights.add(model.weights().get(0).value().toFloatArray()[0])),
                new EarlyStopping().patience(2).restoreBestWeights(true));
        assertThat(weights).hasSize(4).doesNotHaveDuplicates();
        assertThat(model.weights().get(0).value().toFloatArray()).containsExactly(weights.get(1));
    }

    @Test
    void earlyStopping_auto_goesByTheMetricsDirection() {
        EarlyStopping growing = new EarlyStopping("val_accuracy").patience(1);
        assertThat(fit(line(0.01), 10, reporting("val_accuracy", 0.1, 0.2, 0.3, 0.2), growing).epochs()).hasSize(4);
        EarlyStopping falling = new EarlyStopping("mae").patience(1);
        assertThat(fit(line(0.01), 5, falling).epochs()).hasSize(5);
    }

    @Test
    void earlyStopping_minDeltaAndBaseline_countAsInKeras() {
        EarlyStopping delta = new EarlyStopping().patience(1).minDelta(0.5);
        assertThat(fit(line(0.01), 10, reporting("val_loss", 3, 2, 1.8, 0), delta).epochs()).hasSize(3);
        EarlyStopping baseline = new EarlyStopping().patience(2).baseline(0.5);
        assertThat(fit(line(0.01), 10, reporting("val_loss", 3, 2, 1.8, 1.9), baseline).epochs()).hasSize(4);
    }

    @Test
    void earlyStopping_unknownMode_isRefused() {
        assertThatThrownBy(() -> fit(line(0.01), 1, new EarlyStopping().mode("up")))
                .hasMessageContaining("EarlyStopping: mode").hasMessageContaining("Received: \"up\". Take");
    }

    @Test
    void reduceLROnPlateau_noImprovement_multipliesTheRate() {
        Sequential model = line(0.01);
        History history = fit(model, 6, reporting("val_loss", 1, 1, 1, 1, 1, 1),
                new ReduceLROnPlateau().patience(2).factor(0.5).minLr(0.004));
        assertThat(model.optimizer().currentLearningRate()).isCloseTo(0.004, within(EXACT));
        assertThat(history.get("learning_rate")).usingElementComparator((a, b) -> Math.abs(a - b) < EXACT ? 0 : 1)
                .containsExactly(0.01, 0.01, 0.01, 0.005, 0.005, 0.004);
    }

    @Test
    void learningRateScheduler_setsTheRateOfEachEpoch() {
        History history = fit(line(0.01), 3, new LearningRateScheduler((epoch, rate) -> epoch == 0 ? rate : rate / 2));
        assertThat(history.get("learning_rate")).usingElementComparator((a, b) -> Math.abs(a - b) < EXACT ? 0 : 1)
                .containsExactly(0.01, 0.005, 0.0025);
    }

    @Test
    void csvLogger_writesALineForEachEpoch(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("log.csv");
        fit(line(0.01), 2, new CSVLogger(file.toString()));
        fit(line(0.01), 1, new CSVLogger(file.toString()).append(true));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("epoch,loss,mae");
        assertThat(lines.get(1)).startsWith("0,7.5,2.5");
        assertThat(lines.get(3)).isEqualTo(lines.get(1));
    }

    @Test
    void csvLogger_cannotWrite_saysWhichFile(@TempDir Path directory) throws Exception {
        Path plain = Files.writeString(directory.resolve("plain"), "");
        Sequential model = line(0.01);
        assertThatThrownBy(() -> fit(model, 1, new CSVLogger(plain.resolve("log.csv").toString())))
                .hasMessageContaining("CSVLogger: ").hasMessageContaining("Received: " + plain.resolve("log.csv"));
        assertThat(model.weights().get(0).value().toFloatArray()).containsExactly(0);
    }

    @Test
    void terminateOnNaN_infiniteLoss_stopsAtOnce() {
        List<Integer> batches = new ArrayList<>();
        Sequential model = line(1e30);
        model.fit(x, y, epochs(50), batchSize(1), verbose(0),
                callbacks(new LambdaCallback().onTrainBatchEnd((batch, logs) -> batches.add(batch)), new TerminateOnNaN()));
        assertThat(batches).hasSizeLessThan(5);
        assertThat(model.weights().get(0).value().toFloatArray()[0]).isFinite();
    }

    @Test
    void lambdaCallback_isToldInOrder() {
        List<String> told = new ArrayList<>();
        LambdaCallback callback = new LambdaCallback().onTrainBegin(() -> told.add("begin"))
                .onEpochBegin(epoch -> told.add("epoch " + epoch))
                .onTrainBatchBegin(batch -> told.add("batch " + batch))
                .onTrainBatchEnd((batch, logs) -> told.add("batch end " + logs.keySet()))
                .onEpochEnd((epoch, logs) -> told.add("epoch end " + logs.keySet())).onTrainEnd(logs -> told.add("end"));
        model(callback);
        assertThat(told).containsExactly("begin", "epoch 0", "batch 0", "batch end [loss, mae]", "batch 1",
                "batch end [loss, mae]", "epoch end [loss, mae]", "end");
    }

    private void model(Callback callback) {
        line(0.01).fit(x, y, batchSize(3), verbose(0), callbacks(callback));
    }

    @Test
    void modelCheckpoint_bestOnly_savesWhenBetter() {
        List<String> saved = new ArrayList<>();
        ModelCheckpoint checkpoint = new ModelCheckpoint("best-{epoch:02d}-{val_loss:.1f}.weights.h5").saveBestOnly(true)
                .saveWeightsOnly(true);
        checkpoint.setModel(new Saved(saved));
        checkpoint.onTrainBegin();
        double[] losses = {3, 2, 2.5, 1};
        for (int epoch = 0; epoch < losses.length; epoch++) {
            checkpoint.onEpochBegin(epoch);
            checkpoint.onEpochEnd(epoch, Map.of("val_loss", losses[epoch]));
        }
        assertThat(saved).containsExactly("best-01-3.0.weights.h5", "best-02-2.0.weights.h5", "best-04-1.0.weights.h5");
    }

    @Test
    void modelCheckpoint_saveFreq_countsBatches() {
        List<String> saved = new ArrayList<>();
        ModelCheckpoint checkpoint = new ModelCheckpoint("at-{batch}.keras").saveFreq(2);
        checkpoint.setModel(new Saved(saved));
        checkpoint.onTrainBegin();
        for (int batch = 0; batch < 5; batch++) {
            checkpoint.onTrainBatchEnd(batch, Map.of("batch", (double) batch));
        }
        assertThat(saved).containsExactly("at-1.0.keras", "at-3.0.keras");
    }

    @Test
    void modelCheckpoint_unknownField_isRefused() {
        ModelCheckpoint checkpoint = new ModelCheckpoint("{val_los}.keras");
        checkpoint.setModel(new Saved(new ArrayList<>()));
        assertThatThrownBy(() -> checkpoint.onEpochEnd(0, Map.of("val_loss", 1.0))).hasMessageContaining("{val_los}");
    }

    /** Notes the names of files instead of writing them. */
    private static final class Saved implements TrainedModel {
        private final Sequential model = line(0.01);
        private final List<String> files;

        Saved(List<String> files) {
            this.files = files;
        }

        @Override
        public String name() {
            return model.name();
        }

        @Override
        public dev.keratin.optimizers.Optimizer optimizer() {
            return model.optimizer();
        }

        @Override
        public List<dev.keratin.Variable> weights() {
            return model.weights();
        }

        @Override
        public List<dev.keratin.metrics.Metric> metrics() {
            return model.metrics();
        }

        @Override
        public boolean isBuilt() {
            return model.isBuilt();
        }

        @Override
        public void startFromEpoch(int epoch) {}

        @Override
        public void loadWeights(Path file) {}

        @Override
        public void stopTraining() {}

        @Override
        public void save(Path file) {
            files.add(file.toString());
        }

        @Override
        public void saveWeights(Path file) {
            files.add(file.toString());
        }
    }
}
