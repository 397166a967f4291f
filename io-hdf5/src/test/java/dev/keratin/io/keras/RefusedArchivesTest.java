package dev.keratin.io.keras;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that are damaged or hostile: one clear error, and nothing is written or run. */
class RefusedArchivesTest {
    @TempDir
    Path directory;

    private Path file;
    private Model model;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @BeforeEach
    void saveAModel() throws IOException {
        file = directory.resolve("model.keras");
        model = sequential(input(3), dense(4).activation("relu"));
        model.save(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    private void zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        Files.write(file, bytes.toByteArray());
    }

    private void zipWithConfig(String config) throws IOException {
        entries.put("config.json", config.getBytes(StandardCharsets.UTF_8));
        zip();
    }

    private String config() {
        return new String(entries.get("config.json"), StandardCharsets.UTF_8);
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(() -> Models.load(file)).isInstanceOf(RuntimeException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("Received: ");
    }

    @Test
    void save_archive_isStoredInTheOrderOfKeras() throws IOException {
        assertThat(entries.keySet()).containsExactly("metadata.json", "config.json", "model.weights.h5");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
        }
    }

    @Test
    void save_failing_leavesTheOldFileAndNothingElse() throws IOException {
        byte[] before = Files.readAllBytes(file);
        Tensor start = input(2);
        Model unsaveable = Models.model(start, Ops.map(Ops::exp, start));
        assertThatThrownBy(() -> unsaveable.save(file)).isInstanceOf(RuntimeException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void load_deflatedWithoutMetadata_works() throws IOException {
        entries.remove("metadata.json");
        zip();
        assertThat(Models.load(file).weights().get(0).value().toFloatArray())
                .containsExactly(model.weights().get(0).value().toFloatArray());
    }

    @ParameterizedTest
    @CsvSource({"config.json", "model.weights.h5"})
    void load_entryMissing_isNamed(String entry) throws IOException {
        entries.remove(entry);
        zip();
        assertRefused().hasMessageContaining("an entry " + entry + " is required. Received: [metadata.json, ");
    }

    @Test
    void load_truncated_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 499) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused().hasMessageContaining("a zip archive with config.json and model.weights.h5 is required");
        }
    }

    @Test
    void load_missing_isRefused() {
        file = directory.resolve("none.keras");
        assertRefused().hasMessageContaining("Received: no such file. Check the path.");
    }

    @Test
    void load_entryTwice_isRefused() throws IOException {
        entries.put("config.jsox", entries.get("config.json"));
        zip();
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("config.jsox", "config.json");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused().hasMessageContaining("Received: \"config.json\" twice");
    }

    @Test
    void load_configThatUnpacksTooLarge_isRefused() throws IOException {
        entries.put("config.json", new byte[(32 << 20) + 1]);
        zip();
        assertRefused().hasMessageContaining("config.json must have at most 33554432 bytes. Received: 33554433");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"a\": | well-formed JSON", "[1] | must be a JSON object"})
    void load_configNotJson_isRefused(String config, String part) throws IOException {
        zipWithConfig(config);
        assertRefused().hasMessageContaining(part);
    }

    @Test
    void load_configNestedDeeply_isRefused() throws IOException {
        zipWithConfig("[".repeat(100_000));
        assertRefused().hasMessageContaining("nesting depth");
    }

    @ParameterizedTest
    @CsvSource({"Dense, MyDense", "relu, system", "Sequential, Evil"})
    void load_unknownClassOrFunction_isNamed(String known, String unknown) throws IOException {
        zipWithConfig(config().replace("\"" + known + "\"", "\"" + unknown + "\""));
        assertRefused().hasMessageContaining("Received: \"" + unknown + "\"");
    }

    @ParameterizedTest
    @CsvSource({"-3, at least 1 unit", "2000000000, at most", "5, 'shape [3, 5] is required'"})
    void load_otherUnits_isRefused(String units, String part) throws IOException {
        zipWithConfig(config().replace("\"units\":4", "\"units\":" + units));
        assertRefused().hasMessageContaining(part);
    }

    @Test
    void load_entriesOutsideTheArchive_areNotUnpacked() throws IOException {
        Path outside = directory.resolve("evil.txt");
        entries.put("assets/../../evil.txt", new byte[] {1});
        entries.put(outside.toString(), new byte[] {1});
        zip();
        Models.load(file);
        assertThat(outside).doesNotExist();
        assertThat(directory.resolveSibling("evil.txt")).doesNotExist();
    }

    @Test
    void load_damagedWeights_isRefused() throws IOException {
        entries.put("model.weights.h5", Arrays.copyOf(entries.get("model.weights.h5"), 900));
        zip();
        assertRefused().hasMessageContaining("model.weights.h5 in").hasMessageContaining("truncated");
    }

    @Test
    void load_unknownLoss_isLoadedWithoutTraining() throws IOException {
        model.compile("adam", "mse");
        model.save(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            entries.put("config.json", zip.getInputStream(zip.getEntry("config.json")).readAllBytes());
        }
        zipWithConfig(config().replace("\"loss\":\"mse\"", "\"loss\":\"my_loss\""));
        assertThat(Models.load(file).isCompiled()).isFalse();
    }
}
