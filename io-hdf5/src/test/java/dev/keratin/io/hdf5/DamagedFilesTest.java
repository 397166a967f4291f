package dev.keratin.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are damaged, cut short, hostile or no HDF5 at all: one clear error, soon, and nothing else. */
class DamagedFilesTest {
    private static final int MUTANTS_PER_FILE = 1500;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void file_missing_isRefused(H5Engine engine) {
        Path missing = Path.of("no", "such.h5");
        assertThatThrownBy(() -> engine.open(missing)).isInstanceOf(H5Exception.class).hasMessageStartingWith(
                "File \"" + missing + "\": the file must exist. Received: no such file. Check the path");
    }

    @ParameterizedTest
    @EnumSource
    void file_thatIsADirectory_isRefused(H5Engine engine) {
        assertThatThrownBy(() -> engine.open(directory)).isInstanceOf(H5Exception.class)
                .hasMessageContaining("must be a file. Received: a directory. Name a file inside it.");
    }

    @ParameterizedTest
    @EnumSource
    void file_empty_isRefused(H5Engine engine) throws Exception {
        Path file = Files.createFile(directory.resolve("empty.h5"));
        assertThatThrownBy(() -> engine.open(file)).isInstanceOf(H5Exception.class)
                .hasMessageContaining("must be HDF5. Received: an empty file. It may be the trace of a failed save");
    }

    @ParameterizedTest
    @EnumSource
    void file_ofAnotherKind_isRefused(H5Engine engine) throws Exception {
        Path text = Files.writeString(directory.resolve("model.h5"), "<!DOCTYPE html>");
        assertThatThrownBy(() -> engine.open(text)).isInstanceOf(H5Exception.class)
                .hasMessageContaining("must be HDF5").hasMessageContaining("starts with 3c 21 44 4f 43 54 59 50")
                .hasMessageContaining("Check that it is the right file");
        Path zip = Files.write(directory.resolve("zip.h5"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> engine.open(zip)).isInstanceOf(H5Exception.class)
                .hasMessageContaining("Received: a zip archive. It may be a .keras file");
    }

    @ParameterizedTest
    @EnumSource
    void file_truncated_isRefusedWithItsLengths(H5Engine engine) throws Exception {
        byte[] whole = TestFiles.bytes("keras3-model.h5");
        for (int percent : new int[] {1, 10, 50, 90, 99}) {
            int length = whole.length * percent / 100;
            Path file = Files.write(directory.resolve("cut.h5"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> engine.open(file)).as(percent + "%").isInstanceOf(H5Exception.class)
                    .hasMessageContaining("truncated file").hasMessageContaining(Integer.toString(length))
                    .hasMessageContaining(Integer.toString(whole.length))
                    .hasMessageContaining("Get it again from where it came from");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "external_link, a soft or external link at \"/layers/dense/vars/0\"",
        "soft_link_loop, a soft or external link at \"/layers/dense/vars/0\"",
        "external_storage, in another file",
        "hard_link_cycle, a link at \"/layers/dense/vars/cycle\" back to \"/\"",
        "shape_bomb, '[1048576, 1048576]'",
        "random, must be HDF5",
        "signature_then_random, Received: "
    })
    void file_thatReachesOut_isRefusedByBothEngines(String name, String words) throws Exception {
        Path file = TestFiles.copy("refused/" + name + ".h5", directory);
        for (H5Engine engine : H5Engine.values()) {
            assertThatThrownBy(() -> walk(engine.open(file))).as("%s", engine).isInstanceOf(H5Exception.class)
                    .hasMessageStartingWith("File \"" + file + "\": the file must ").hasMessageContaining(words);
        }
    }

    private static Snapshot walk(H5Reader opened) throws H5Exception {
        try (H5Reader reader = opened) {
            return Snapshot.of(reader);
        }
    }

    @Test
    void heapOfStrings_filledWithZeros_isRefused() {
        byte[] bytes = TestFiles.bytes("keras3-model.h5");
        int heap = find(bytes, "GCOL");
        Arrays.fill(bytes, heap + 16, heap + 528, (byte) 0);
        assertThatThrownBy(() -> walk(H5Engine.JAVA.open("zeros.h5", ByteBuffer.wrap(bytes))))
                .isInstanceOf(H5Exception.class).hasMessageContaining("a string that isn't in its heap");
    }

    @Test
    void shape_beyondLong_isRefused() {
        byte[] bytes = TestFiles.bytes("refused/shape_bomb.h5");
        int shape = find(bytes, "\0\0\20\0\0\0\0\0\0\0\20\0\0\0\0\0");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(shape, 1L << 62).putLong(shape + 8, 1L << 62);
        assertThatThrownBy(() -> walk(H5Engine.JAVA.open("bomb.h5", ByteBuffer.wrap(bytes))))
                .isInstanceOf(H5Exception.class).hasMessageContaining("a shape of 2^63 bytes or more");
    }

    private static int find(byte[] bytes, String letters) {
        for (int at = 0; at + letters.length() <= bytes.length; at++) {
            if (new String(bytes, at, letters.length(), StandardCharsets.ISO_8859_1).equals(letters)) {
                return at;
            }
        }
        throw new AssertionError("no " + letters);
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#good")
    void mutants_ofEveryFile_giveContentOrTheOneException(String name) {
        byte[] original = TestFiles.bytes(name);
        assertTimeoutPreemptively(LIMIT, () -> {
            int refused = 0;
            for (int seed = 0; seed < MUTANTS_PER_FILE; seed++) {
                byte[] mutant = mutant(original, new Random(seed));
                Throwable failure = catchThrowable(() -> walk(H5Engine.JAVA.open("mutant", ByteBuffer.wrap(mutant))));
                assertThat(failure).as("%s, seed %d", name, seed)
                        .satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(H5Exception.class));
                refused += failure == null ? 0 : 1;
            }
            assertThat(refused).as("mutants refused").isBetween(1, MUTANTS_PER_FILE - 1);
        });
    }

    /** Damage of one of four kinds: odd bytes, one field of all ones or zeros, a block of zeros, a copied block. */
    private static byte[] mutant(byte[] original, Random random) {
        byte[] mutant = original.clone();
        int at = random.nextInt(mutant.length - 520);
        switch (random.nextInt(4)) {
            case 0 -> {
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> Arrays.fill(mutant, at / 8 * 8, at / 8 * 8 + 1 + random.nextInt(8), (byte) -random.nextInt(2));
            case 2 -> Arrays.fill(mutant, at, at + random.nextInt(512), (byte) 0);
            default -> System.arraycopy(original, random.nextInt(mutant.length - 64), mutant, at, 8 + random.nextInt(56));
        }
        return mutant;
    }
}
