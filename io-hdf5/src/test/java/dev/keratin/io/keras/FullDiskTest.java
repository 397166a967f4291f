package dev.keratin.io.keras;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keratin.models.Model;
import dev.keratin.models.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Saving to a disk that takes a part of the file only: another JVM saves, whose files the system lets grow to a limit, as
 * {@code ulimit} sets it. The model that stands there already stays whole, and nothing is left beside it.
 */
class FullDiskTest {
    private static final Path SHELL = Path.of("/bin/sh");
    /** In the blocks of 512 bytes that POSIX counts in: half of what the weights take. */
    private static final int LIMIT_BLOCKS = 40;

    @TempDir
    private Path directory;

    private static Sequential large() {
        Sequential model = sequential(input(100), dense(100));
        model.compile("adam", "mse");
        return model;
    }

    /** Saves a model to the file named, and says how that failed. */
    static final class Saving {
        private Saving() {}

        public static void main(String[] args) {
            try {
                save(large(), Path.of(args[0]));
            } catch (UncheckedIOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static void save(Model model, Path file) {
        if (file.toString().endsWith(".weights.h5")) {
            model.saveWeights(file);
        } else {
            model.save(file);
        }
    }

    private static String saveOnFullDisk(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(SHELL.toString(), "-c", "ulimit -f " + LIMIT_BLOCKS + " && exec \"$@\"", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-Dkeratin.backend=java", "-Dkeratin.hdf5=java",
                "-cp", System.getProperty("java.class.path"), Saving.class.getName(), file.toString())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.keras", "model.h5", "model.weights.h5"})
    void save_diskThatIsFull_keepsTheOldFileAndLeavesNoOther(String name) throws Exception {
        assumeTrue(Files.isExecutable(SHELL), "there is a POSIX shell");
        Path file = directory.resolve(name);
        save(sequential(input(2), dense(1)), file);
        byte[] old = Files.readAllBytes(file);

        String output = saveOnFullDisk(file);

        assertThat(output).contains("File \"" + file + "\": the disk must take the whole file. Received: IOException, ")
                .contains(". The file is as it was before; make room ");
        assertThat(Files.readAllBytes(file)).isEqualTo(old);
        assertThat(files()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.keras", "model.weights.h5"})
    void save_newFileOnAFullDisk_leavesNothing(String name) throws Exception {
        assumeTrue(Files.isExecutable(SHELL), "there is a POSIX shell");
        assertThat(saveOnFullDisk(directory.resolve(name))).contains("No file was made");
        assertThat(files()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(each -> each.getFileName().toString()).toList();
        }
    }
}
