package dev.keratin.io.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import dev.keratin.io.hdf5.H5Dataset;
import dev.keratin.io.hdf5.H5Reader;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models trained in real Keras are read, train on as they would there, and are written in the same layout. */
class KerasModelsTest {
    /** Rounding in float32, in another order. */
    private static final float CLOSE = 1e-5f;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "recurrent", "attention", "scaled"})
    void load_fileOfKeras_predictsTheSame(String name) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        assertPredicts(Models.load(keras.archive()), keras);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recurrent", "attention"})
    void save_partsWithinLayersThenLoad_predictsTheSame(String name) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        Path file = directory.resolve("saved.keras");
        Models.load(keras.archive()).save(file);
        assertPredicts(Models.load(file), keras);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "attention", "scaled"})
    void load_fileOfKeras_trainsOnAsKerasDoes(String name) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        assertTrainsOn(Models.load(keras.archive()), keras);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "scaled"})
    void loadWeights_fileOfKeras_restoresWeightsAndOptimizer(String name) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        Model model = Models.load(keras.archive());
        model.trainOnBatch(keras.x(), keras.y());
        model.loadWeights(keras.weights());
        assertPredicts(model, keras);
        assertTrainsOn(model, keras);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "scaled"})
    void save_thenLoad_predictsAndTrainsOnTheSame(String name) throws IOException {
        assertSurvives(name, "saved.keras");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "scaled"})
    void save_legacyFormatThenLoad_predictsAndTrainsOnTheSame(String name) throws IOException {
        assertSurvives(name, "saved.h5");
    }

    private void assertSurvives(String name, String fileName) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        Path file = directory.resolve(fileName);
        Models.load(keras.archive()).save(file);
        Model model = Models.load(file);
        assertPredicts(model, keras);
        assertTrainsOn(model, keras);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "scaled"})
    void saveWeights_modelOfKeras_hasTheLayoutAndNamesOfKeras(String name) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        Path file = directory.resolve("saved.weights.h5");
        Models.load(keras.archive()).saveWeights(file);
        assertThat(layout(file)).isEqualTo(layout(keras.weights()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "shared", "nested", "scaled"})
    void save_modelOfKeras_hasTheWeightsOfKeras(String name) throws IOException {
        TrainedInKeras keras = new TrainedInKeras(name, directory);
        Path file = directory.resolve("saved.keras");
        Models.load(keras.archive()).save(file);
        assertThat(layout(TrainedInKeras.unpack(file))).isEqualTo(layout(keras.weights()));
    }

    private static void assertPredicts(Model model, TrainedInKeras keras) throws IOException {
        List<Tensor> predictions = model.predictAll(keras.x());
        List<Tensor> expected = keras.predictions();
        assertThat(predictions).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(predictions.get(i).toFloatArray()).containsExactly(expected.get(i).toFloatArray(), within(CLOSE));
        }
    }

    private static void assertTrainsOn(Model model, TrainedInKeras keras) throws IOException {
        for (float expected : keras.losses()) {
            model.resetMetrics();
            assertThat(model.trainOnBatch(keras.x(), keras.y()).get("loss")).isCloseTo(expected, within((double) CLOSE));
        }
    }

    /** Every group with the name of its object, and every data set with its type, shape and bytes. */
    private static Map<String, String> layout(Path file) throws IOException {
        Map<String, String> layout = new TreeMap<>();
        try (H5Reader in = H5Reader.open(file)) {
            collect(in, "", layout);
        }
        return layout;
    }

    private static void collect(H5Reader in, String group, Map<String, String> layout) throws IOException {
        layout.put(group, in.attribute(group, "name").map(name -> name.strings().get(0)).orElse(""));
        for (String child : in.names(group)) {
            String path = group + "/" + child;
            if (in.isGroup(path)) {
                collect(in, path, layout);
            } else {
                H5Dataset dataset = in.dataset(path);
                layout.put(path, dataset.type() + " " + dataset.shape() + " " + in.read(path).hashCode());
            }
        }
    }
}
