package dev.keratin.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H5EngineTest {
    @TempDir
    Path directory;

    @AfterEach
    void clear() {
        System.clearProperty(H5Engine.PROPERTY);
    }

    @Test
    void engine_byDefault_isJava() {
        assertThat(H5Engine.chosen()).isEqualTo(H5Engine.JAVA);
        assertThat(H5Engine.JAVA.unusable()).isEmpty();
    }

    @Test
    void engine_setByProperty_isUsed() {
        System.setProperty(H5Engine.PROPERTY, "Native");
        assertThat(H5Engine.chosen()).isEqualTo(H5Engine.NATIVE);
    }

    @Test
    void engine_unknown_isRefused() {
        System.setProperty(H5Engine.PROPERTY, "fast");
        assertThatThrownBy(H5Engine::chosen).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HDF5: there must be an engine of the name set. Received: keratin.hdf5=fast. "
                        + "Set it to java or native.");
    }

    @Test
    void library_usedByManyThreads_staysWhole() throws Exception {
        Path file = TestFiles.copy("keras3-model.h5", directory);
        Snapshot expected;
        try (H5Reader reader = H5Engine.JAVA.open(file)) {
            expected = Snapshot.of(reader);
        }
        List<Boolean> same = IntStream.range(0, 40).parallel().mapToObj(i -> {
            try (H5Reader reader = H5Engine.NATIVE.open(file)) {
                return Snapshot.of(reader).equals(expected);
            } catch (H5Exception e) {
                throw new AssertionError(e);
            }
        }).toList();
        assertThat(same).containsOnly(true);
    }

    @Test
    void boxes_ofARun_coverItOnceInOrder() {
        long[] dims = {3, 4, 5};
        for (int first = 0; first < 60; first++) {
            for (int count = 1; count <= 60 - first; count++) {
                int at = first;
                for (Boxes.Box box : Boxes.of(dims, first, count)) {
                    assertThat(20 * box.start()[0] + 5 * box.start()[1] + box.start()[2]).isEqualTo(at);
                    at += (int) box.elements();
                }
                assertThat(at).isEqualTo(first + count);
            }
        }
    }
}
