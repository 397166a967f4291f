package dev.keratin.io.keras;

import static dev.keratin.layers.Layers.batchNormalization;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Variable;
import dev.keratin.models.Sequential;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weight files that can't be read or written end with a message and change nothing: no weight, no state, no file. */
class WeightFileErrorsTest {
    @TempDir
    private Path directory;

    private final float[][] x = {{1, 2, 3, 4}, {4, 3, 2, 1}};
    private final int[] y = {0, 1};

    private Sequential trained(int hidden) {
        Sequential model = sequential(input(4), dense(hidden).activation("relu"), batchNormalization(), dropout(0.5),
                dense(2).activation("softmax"));
        model.compile("adam", "sparse_categorical_crossentropy");
        model.fit(x, y, verbose(0));
        return model;
    }

    private static List<ByteBuffer> state(Sequential model) {
        List<Variable> all = new ArrayList<>(model.weights());
        all.addAll(model.optimizer().variables());
        return all.stream().map(variable -> variable.value().toBytes()).toList();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void refuses(Sequential model, ThrowingCallable mistake, String... parts) throws Exception {
        List<ByteBuffer> before = state(model);
        List<String> filesBefore = files();
        assertThatThrownBy(mistake).hasMessageMatching("(?s).+?: .+ Received: .+[.)?] [A-Z].+[.?]")
                .hasMessageContainingAll(parts);
        assertThat(state(model)).isEqualTo(before);
        assertThat(files()).isEqualTo(filesBefore);
    }

    private Path saved(Sequential model) {
        Path file = directory.resolve("some.weights.h5");
        model.saveWeights(file);
        return file;
    }

    @Test
    void load_whatWasSaved_bringsBackWeightsAndOptimizer() {
        Sequential model = trained(3);
        Sequential other = trained(3);
        other.loadWeights(saved(model));
        assertThat(state(other)).isEqualTo(state(model));
    }

    @Test
    void load_truncatedAnywhere_isRefused() throws Exception {
        Sequential model = trained(3);
        byte[] whole = Files.readAllBytes(saved(model));
        Path cut = directory.resolve("cut.weights.h5");
        for (int length : new int[] {0, 1, 7, 40, 96, 600, whole.length / 2, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            refuses(model, () -> model.loadWeights(cut), "cut.weights.h5");
        }
    }

    @Test
    void load_notHdf5_isRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text.weights.h5"), "not a file of weights, ".repeat(100));
        refuses(trained(3), () -> trained(3).loadWeights(text), "text.weights.h5", "HDF5");
    }

    @Test
    void load_missing_isRefused() throws Exception {
        Sequential model = trained(3);
        refuses(model, () -> model.loadWeights(directory.resolve("none.weights.h5")), "none.weights.h5");
    }

    @Test
    void load_aDirectory_isRefused() throws Exception {
        Sequential model = trained(3);
        Path folder = Files.createDirectory(directory.resolve("folder.weights.h5"));
        refuses(model, () -> model.loadWeights(folder), "folder.weights.h5");
    }

    @Test
    void load_anotherArchitecture_isRefused() throws Exception {
        Sequential model = trained(3);
        Path file = saved(model);
        Sequential wider = trained(5);
        refuses(wider, () -> wider.loadWeights(file), "kernel", "[4, 3]", "[4, 5]", "architecture");
        Sequential shorter = sequential(input(4), dense(3));
        shorter.compile("adam", "mse");
        refuses(shorter, () -> shorter.loadWeights(file), "architecture");
    }

    @Test
    void save_intoAFile_isRefused() throws Exception {
        Sequential model = trained(3);
        Path plain = Files.writeString(directory.resolve("plain"), "");
        refuses(model, () -> model.saveWeights(plain.resolve("a.weights.h5")), "directory");
    }

    @Test
    void save_whereNobodyCanWrite_isRefused() throws Exception {
        Sequential model = trained(3);
        refuses(model, () -> model.saveWeights(Path.of("/proc/self/a.weights.h5")), "/proc/self/a.weights.h5");
        refuses(model, () -> model.saveWeights(directory.resolve("none/a.weights.h5")), "Make the directory first");
    }

    @Test
    void save_otherEnding_namesTheKnownOnes() throws Exception {
        Sequential model = trained(3);
        refuses(model, () -> model.saveWeights(directory.resolve("a.txt")), "a.txt", ".weights.h5");
    }
}
