package dev.keratin.io.keras;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.callbacks;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.shuffle;
import static dev.keratin.models.training.FitOption.validationData;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.models.Model;
import dev.keratin.models.Models;
import dev.keratin.models.Sequential;
import dev.keratin.models.callbacks.Callback;
import dev.keratin.models.callbacks.LambdaCallback;
import dev.keratin.models.callbacks.ModelCheckpoint;
import dev.keratin.models.training.History;
import dev.keratin.optimizers.SGD;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that ModelCheckpoint leaves: which there are, and that each holds the model of its epoch. */
class CheckpointTest {
    private static final int EPOCHS = 4;
    /** Batches of another size are summed in another order. */
    private static final double CLOSE = 1e-6;

    @TempDir
    private Path directory;

    private final float[][] x = {{1}, {2}, {3}, {4}};
    private final float[][] y = {{2}, {4}, {6}, {8}};
    private final List<List<ByteBuffer>> states = new ArrayList<>();
    private Sequential model;

    @BeforeEach
    void compile() {
        model = line();
    }

    /** y = w x from w = 0. */
    private static Sequential line() {
        Sequential line = sequential(input(1), dense(1).useBias(false).kernelInitializer("zeros"));
        line.compile(new SGD(0.01).momentum(0.5), "mse");
        return line;
    }

    private static List<ByteBuffer> state(Model model) {
        List<ByteBuffer> state = new ArrayList<>();
        model.weights().forEach(weight -> state.add(weight.value().toBytes()));
        model.optimizer().variables().forEach(variable -> state.add(variable.value().toBytes()));
        return state;
    }

    /** Fits; what the model was after each epoch is in {@link #states}. */
    private History fit(ModelCheckpoint checkpoint, Callback... before) {
        List<Callback> all = new ArrayList<>(List.of(before));
        all.add(checkpoint);
        all.add(new LambdaCallback().onEpochEnd((epoch, logs) -> states.add(state(model))));
        return model.fit(x, y, epochs(EPOCHS), batchSize(2), shuffle(false), verbose(0), validationData(x, y),
                callbacks(all.toArray(Callback[]::new)));
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static String name(int epoch, double loss, String ending) {
        return String.format(Locale.ROOT, "%02d-%.2f%s", epoch, loss, ending);
    }

    @Test
    void everyEpoch_nameWithEpochAndLoss_holdsTheModelOfThatEpoch() throws Exception {
        History history = fit(new ModelCheckpoint(at("{epoch:02d}-{val_loss:.2f}.keras")));
        List<String> expected = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            expected.add(name(epoch + 1, history.get("val_loss").get(epoch), ".keras"));
        }
        assertThat(files()).isEqualTo(expected);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Model loaded = Models.load(at(expected.get(epoch)));
            assertThat(state(loaded)).isEqualTo(states.get(epoch));
            assertThat(loaded.evaluate(x, y, verbose(0)).get("loss"))
                    .isCloseTo(history.get("val_loss").get(epoch), within(CLOSE));
        }
        assertThat(states).doesNotHaveDuplicates();
    }

    @Test
    void saveBestOnly_oneName_holdsTheBestEpoch() throws Exception {
        double[] watched = {3, 1, 2, 1.5};
        fit(new ModelCheckpoint(at("best.keras")).saveBestOnly(true).monitor("watched").mode("min"),
                new LambdaCallback().onEpochEnd((epoch, logs) -> logs.put("watched", watched[epoch])));
        assertThat(files()).containsExactly("best.keras");
        assertThat(state(Models.load(at("best.keras")))).isEqualTo(states.get(1)).isNotEqualTo(states.get(EPOCHS - 1));
    }

    @Test
    void saveBestOnly_nameWithEpoch_isThereForBetterEpochsOnly() throws Exception {
        double[] watched = {0.5, 0.25, 0.5, 0.75};
        fit(new ModelCheckpoint(at("{epoch:02d}-{val_accuracy:.2f}.keras")).saveBestOnly(true).monitor("val_accuracy"),
                new LambdaCallback().onEpochEnd((epoch, logs) -> logs.put("val_accuracy", watched[epoch])));
        assertThat(files()).containsExactly("01-0.50.keras", "04-0.75.keras");
        assertThat(state(Models.load(at("04-0.75.keras")))).isEqualTo(states.get(EPOCHS - 1));
    }

    @Test
    void saveWeightsOnly_file_bringsWeightsAndOptimizerBack() throws Exception {
        fit(new ModelCheckpoint(at("{epoch}.weights.h5")).saveWeightsOnly(true));
        assertThat(files()).containsExactly("1.weights.h5", "2.weights.h5", "3.weights.h5", "4.weights.h5");
        Sequential other = line();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            other.loadWeights(at(epoch + 1 + ".weights.h5"));
            assertThat(state(other)).isEqualTo(states.get(epoch));
        }
    }

    @Test
    void fit_fromACheckpoint_goesOnAsIfItHadNotStopped() {
        fit(new ModelCheckpoint(at("{epoch:02d}.keras")));
        Model continued = Models.load(at("02.keras"));
        continued.fit(x, y, epochs(EPOCHS - 2), batchSize(2), shuffle(false), verbose(0));
        assertThat(state(continued)).isEqualTo(states.get(EPOCHS - 1));
    }
}
