package dev.keratin.io.keras;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.callbacks;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Tensor;
import dev.keratin.data.Dataset;
import dev.keratin.models.Sequential;
import dev.keratin.models.callbacks.BackupAndRestore;
import dev.keratin.models.callbacks.Callback;
import dev.keratin.models.training.History;
import dev.keratin.optimizers.Adam;
import dev.keratin.random.Random;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that is interrupted and run again, as a program that is started anew. */
class BackupAndRestoreTest {
    private static final int EPOCHS = 4;

    @TempDir
    private Path directory;

    private final float[][] x = {{1, 0}, {2, 1}, {3, 1}, {4, 2}, {5, 3}};
    private final float[][] y = {{2}, {4}, {6}, {8}, {9}};

    /** Fails when a batch of an epoch begins. */
    private record Interrupting(int epoch, int batch) {
        Callback callback() {
            return new Callback() {
                private int now;

                @Override
                public void onEpochBegin(int epoch) {
                    now = epoch;
                }

                @Override
                public void onTrainBatchBegin(int index) {
                    if (now == epoch && index == batch) {
                        throw new IllegalStateException("interrupted");
                    }
                }
            };
        }
    }

    /** With weights, an optimizer, dropout and an order of the rows that all depend on the seed and on the steps taken. */
    private static Sequential start() {
        Random.setSeed(7);
        Sequential model = sequential(input(2), dense(4).activation("relu"), dropout(0.5), dense(1));
        model.compile(new Adam(0.05), "mse");
        return model;
    }

    private History fit(Sequential model, Callback... all) {
        return model.fit(x, y, epochs(EPOCHS), batchSize(2), verbose(0), callbacks(all));
    }

    private static List<ByteBuffer> state(Sequential model) {
        List<ByteBuffer> state = new ArrayList<>();
        model.weights().forEach(weight -> state.add(weight.value().toBytes()));
        model.optimizer().variables().forEach(variable -> state.add(variable.value().toBytes()));
        return state;
    }

    private List<ByteBuffer> uninterrupted() {
        Sequential model = start();
        fit(model);
        return state(model);
    }

    private void interrupt(BackupAndRestore backup, int epoch, int batch) {
        assertThatThrownBy(() -> fit(start(), backup, new Interrupting(epoch, batch).callback())).hasMessage("interrupted");
    }

    private Path folder() {
        return directory.resolve("backup");
    }

    @Test
    void fit_interruptedAndRunAgain_equalsOneThatWasNot() {
        interrupt(new BackupAndRestore(folder()), 2, 1);
        Sequential model = start();

        History history = fit(model, new BackupAndRestore(folder().toString()));

        assertThat(history.epochs()).containsExactly(2, 3);
        assertThat(state(model)).isEqualTo(uninterrupted());
        assertThat(folder()).doesNotExist();
    }

    @Test
    void fit_withoutInterruption_isNotChanged() {
        Sequential model = start();
        fit(model, new BackupAndRestore(folder()).deleteCheckpoint(false).doubleCheckpoint(true));

        assertThat(state(model)).isEqualTo(uninterrupted());
        assertThat(names()).containsExactly("latest.weights.h5", "latest.weights.h5.bkp", "training_metadata.json",
                "training_metadata.json.bkp");
        assertThat(folder().resolve("training_metadata.json")).hasContent("{\"epoch\":4,\"batch\":0}");
    }

    @Test
    void saveFreq_inTheMiddleOfAnEpoch_keepsTheStepsTaken() {
        interrupt(new BackupAndRestore(folder()).saveFreq(5), 1, 2);

        assertThat(folder().resolve("training_metadata.json")).hasContent("{\"epoch\":1,\"batch\":1}");
        Sequential model = start();
        assertThat(fit(model, new BackupAndRestore(folder())).epochs()).containsExactly(1, 2, 3);
        assertThat(model.optimizer().iterations().value().item()).isEqualTo(5 + 9);
    }

    @Test
    void damagedBackup_withAnOlderOne_goesOnFromThat() throws IOException {
        interrupt(new BackupAndRestore(folder()).doubleCheckpoint(true), 3, 0);
        Files.write(folder().resolve("latest.weights.h5"), new byte[100]);
        Sequential model = start();

        assertThat(fit(model, new BackupAndRestore(folder())).epochs()).containsExactly(2, 3);
        assertThat(state(model)).isEqualTo(uninterrupted());
    }

    @Test
    void damagedBackup_alone_isRefused() throws IOException {
        interrupt(new BackupAndRestore(folder()), 3, 0);
        Files.writeString(folder().resolve("training_metadata.json"), "{}");

        assertThatThrownBy(() -> fit(start(), new BackupAndRestore(folder()))).hasMessage("BackupAndRestore: a backup that can be"
                + " read and written is required. Received: " + folder().resolve("training_metadata.json")
                + " (no epoch in it). Give another folder, or delete this one to start from the first epoch.");
    }

    @Test
    void trainEnd_otherFilesInTheFolder_stay() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("mine.txt"), "mine");

        fit(start(), new BackupAndRestore(folder()));

        assertThat(names()).containsExactly("mine.txt");
    }

    @Test
    void fit_modelThatIsNotBuilt_isRefused() {
        Sequential model = sequential(dense(1));
        model.setName("line");
        model.compile("sgd", "mse");

        assertThatThrownBy(() -> model.fit(Dataset.fromTensors(Tensor.of(x), Tensor.of(y)).batch(2), verbose(0),
                callbacks(new BackupAndRestore(folder())))).hasMessage("BackupAndRestore: a model that is built"
                + " is required. Received: line, which has no weights yet. Give it an input, or call it on a batch before fit.");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
