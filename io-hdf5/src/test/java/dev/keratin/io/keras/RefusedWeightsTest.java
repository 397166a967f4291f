package dev.keratin.io.keras;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keratin.Tensor;
import dev.keratin.io.hdf5.H5Type;
import dev.keratin.io.hdf5.H5Writer;
import dev.keratin.layers.Dense;
import dev.keratin.models.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that don't fit: one clear error, and the model stays as it was. */
class RefusedWeightsTest {
    @TempDir
    Path directory;

    private static Sequential model(int units) {
        return sequential(input(3), named(units, "first"), named(2, "second"));
    }

    private static Dense named(int units, String name) {
        Dense layer = dense(units);
        layer.setName(name);
        return layer;
    }

    private Path file() {
        return directory.resolve("some.weights.h5");
    }

    private Path weightsOf(Sequential model) {
        model.saveWeights(file());
        return file();
    }

    /** Asserts that a file is refused and nothing changes, not even what comes before the flaw. */
    private AbstractThrowableAssert<?, ?> assertRefused(Sequential model, Path file) {
        List<float[]> before = model.weights().stream().map(weight -> weight.value().toFloatArray()).toList();
        Throwable refusal = catchThrowable(() -> model.loadWeights(file));
        for (int i = 0; i < before.size(); i++) {
            assertThat(model.weights().get(i).value().toFloatArray()).containsExactly(before.get(i));
        }
        return assertThat(refusal).hasMessageContaining(file.toString()).hasMessageContaining("Received: ");
    }

    @Test
    void loadWeights_otherUnits_namesPathLayerAndShapes() {
        assertRefused(model(4), weightsOf(model(5))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layers/dense/vars/0: \"kernel\" of shape [3, 4] is required for Dense \"first\".")
                .hasMessageContaining("Received: float32 of shape [3, 5]. The file is for another architecture.");
    }

    @Test
    void loadWeights_fileOfASmallerModel_namesTheLayerWithoutWeights() {
        assertRefused(model(4), weightsOf(sequential(input(3), dense(4)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layers/dense_1/vars: 2 variables [float32[4, 2], float32[2]]")
                .hasMessageContaining("for Dense \"second\". Received: 0 data sets.");
    }

    @Test
    void loadWeights_fileOfALargerModel_namesWhatIsTooMuch() {
        assertRefused(model(4), weightsOf(sequential(input(3), dense(4), dense(2), dense(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received: weights for [layers/dense_2], which the model does not have.");
    }

    @Test
    void loadWeights_fileOfALargerInnerModel_namesWhatIsTooMuch() {
        Sequential outer = sequential(input(3), sequential(input(3), dense(4)));
        assertRefused(outer, weightsOf(sequential(input(3), sequential(input(3), dense(4), dense(4)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received: weights for [layers/sequential/layers/dense_1]");
    }

    @Test
    void loadWeights_layerWithoutBias_isRefused() {
        Sequential plain = sequential(input(3), dense(4).useBias(false), dense(2));
        assertRefused(plain, weightsOf(model(4))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layers/dense/vars: 1 variables").hasMessageContaining("Received: 2 data sets");
    }

    @Test
    void loadWeights_strings_areRefused() throws IOException {
        H5Writer.write(file(), out -> {
            out.strings("layers/dense/vars/0", new long[] {1, 1}, List.of("x"));
            out.dataset("layers/dense/vars/1", H5Type.FLOAT32, new long[] {1}, ByteBuffer.allocate(4));
        });
        assertRefused(sequential(input(1), dense(1)), file()).hasMessageContaining("Received: string of shape [1, 1]");
    }

    @Test
    void loadWeights_truncated_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(weightsOf(model(4)));
        for (int length = 0; length < whole.length; length += 1499) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertRefused(model(4), file()).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void loadWeights_notHdf5_isRefused() throws IOException {
        Files.writeString(file(), "weights: none");
        assertRefused(model(4), file()).isInstanceOf(UncheckedIOException.class).hasMessageContaining("must be HDF5");
    }

    @Test
    void loadWeights_missing_isRefused() {
        assertRefused(model(4), file()).isInstanceOf(UncheckedIOException.class).hasMessageContaining("no such file");
    }

    @Test
    void loadWeights_intoAModelWithoutWeights_saysHowToGetThem() {
        assertThatThrownBy(() -> sequential(dense(4)).loadWeights(weightsOf(model(4))))
                .hasMessageContaining("loadWeights: a built model is required. Received: one that has no weights yet.")
                .hasMessageContaining("Give it an input(...)");
    }

    @Test
    void loadWeights_ofAnotherOptimizer_leavesTheStateAsItWas() {
        Sequential written = model(4);
        written.compile("sgd", "mse");
        written.trainOnBatch(new float[2][3], new float[2][2]);
        Sequential model = model(4);
        model.compile("adam", "mse");
        model.loadWeights(weightsOf(written));
        assertThat(model.optimizer().iterations().value().toLongArray()).containsExactly(0);
        assertThat(model.weights().get(0).value().toFloatArray()).containsExactly(
                written.weights().get(0).value().toFloatArray());
    }

    @Test
    void loadWeights_float64_becomesFloat32() throws IOException {
        H5Writer.write(file(), out -> {
            out.dataset("layers/dense/vars/0", H5Type.FLOAT64, new long[] {1, 1}, doubles(0.1));
            out.dataset("layers/dense/vars/1", H5Type.FLOAT64, new long[] {1}, doubles(-3));
        });
        Sequential model = sequential(input(1), dense(1));
        model.loadWeights(file());
        assertThat(model.weights().get(0).value().toFloatArray()).containsExactly(0.1f);
        assertThat(model.weights().get(1).value().toFloatArray()).containsExactly(-3f);
    }

    @Test
    void saveWeights_thenLoadWeights_continuesTheRandomNumbers() {
        Sequential model = sequential(input(100), dropout(0.5).seed(7));
        float[][] ones = new float[1][100];
        Arrays.fill(ones[0], 1);
        Tensor x = Tensor.of(ones);
        model.call(x, true);
        weightsOf(model);
        float[] next = model.call(x, true).toFloatArray();
        Sequential other = sequential(input(100), dropout(0.5).seed(8));
        other.loadWeights(file());
        assertThat(other.call(x, true).toFloatArray()).containsExactly(next);
    }

    @Test
    void saveWeights_intoADirectoryThatIsMissing_isRefused() {
        Path nowhere = directory.resolve("no").resolve("such.weights.h5");
        assertThatThrownBy(() -> model(4).saveWeights(nowhere)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("must lie in a directory that exists");
    }

    private static ByteBuffer doubles(double value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
