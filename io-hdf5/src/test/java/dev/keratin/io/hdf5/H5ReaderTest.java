package dev.keratin.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both engines read in files of Keras and h5py. */
class H5ReaderTest {
    private static final String MODEL = "keras3-model.weights.h5";
    private static final String TYPES = "h5py-earliest.h5";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#good")
    void files_ofKerasAndH5py_areReadAlikeByBothEngines(String name) throws Exception {
        Path file = TestFiles.copy(name, directory);
        try (H5Reader java = H5Engine.JAVA.open(file); H5Reader library = H5Engine.NATIVE.open(file)) {
            assertThat(Snapshot.of(java)).isEqualTo(Snapshot.of(library));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#good")
    void images_inMemory_areReadAsFilesAre(String name) throws Exception {
        Path file = TestFiles.copy(name, directory);
        for (H5Engine engine : H5Engine.values()) {
            try (H5Reader onDisk = engine.open(file); H5Reader inMemory = TestFiles.open(engine, name)) {
                assertThat(Snapshot.of(inMemory)).isEqualTo(Snapshot.of(onDisk));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void weights_ofKeras_haveTheirLayout(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, MODEL)) {
            assertThat(reader.names("")).containsExactly("layers", "vars");
            assertThat(reader.names("/layers/")).containsExactly("dense", "dense_1");
            assertThat(reader.isGroup("layers/dense/vars")).isTrue();
            assertThat(reader.isDataset("layers/dense/vars")).isFalse();
            assertThat(reader.isDataset("layers/dense/vars/0")).isTrue();
            assertThat(reader.isDataset("layers/dense/vars/7")).isFalse();
            assertThat(reader.isGroup("nothing/at/all")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void weights_inOtherLayouts_areTheSame(H5Engine engine) throws Exception {
        for (String layout : List.of("chunked", "big-endian", "latest")) {
            String name = "keras3-" + layout + ".weights.h5";
            try (H5Reader plain = TestFiles.open(engine, MODEL); H5Reader other = TestFiles.open(engine, name)) {
                assertThat(other.read("layers/dense/vars/0")).isEqualTo(plain.read("layers/dense/vars/0"));
                assertThat(other.read("layers/dense_1/vars/1")).isEqualTo(plain.read("layers/dense_1/vars/1"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbers_ofEveryType_comeLittleEndian(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            for (String name : reader.names("n")) {
                H5Dataset dataset = reader.dataset("n/" + name);
                ByteBuffer bytes = reader.read("n/" + name);
                assertThat(dataset.shape()).containsExactly(2L, 3L);
                Object last = Numbers.get(dataset.type(), bytes, 5 * dataset.type().size());
                Object beforeLast = Numbers.get(dataset.type(), bytes, 4 * dataset.type().size());
                assertThat(((Number) last).doubleValue()).as(name).isEqualTo(7);
                assertThat(((Number) beforeLast).doubleValue()).as(name).isEqualTo(100);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bfloat16_ofKeras_isRead(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, "keras3-bfloat16.weights.h5")) {
            assertThat(reader.dataset("layers/dense/vars/1")).hasToString("bfloat16[2]");
            ByteBuffer bytes = reader.read("layers/dense/vars/1");
            assertThat(Numbers.get(H5Type.BFLOAT16, bytes, 0)).isEqualTo(8.0);
            assertThat(Numbers.get(H5Type.BFLOAT16, bytes, 2)).isEqualTo(-16.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void attributes_ofEveryKind_haveTheirValues(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            assertThat(reader.attribute("", "str")).contains(H5Attribute.utf8("grün"));
            assertThat(reader.attribute("", "empty_str").orElseThrow().string()).isEmpty();
            assertThat(reader.attribute("", "fixed")).contains(
                    H5Attribute.strings(H5Attribute.Form.FIXED, List.of("x", "yz")));
            assertThat(reader.attribute("", "strs").orElseThrow().strings()).containsExactly("a", "bc", "");
            assertThat(reader.attribute("", "list")).contains(H5Attribute.empty());
            assertThat(reader.attribute("", "list").orElseThrow().strings()).isEmpty();
            assertThat(reader.attribute("", "bool")).contains(H5Attribute.of(true));
            assertThat(reader.attribute("", "int")).contains(H5Attribute.of(-5));
            assertThat(reader.attribute("", "float")).contains(H5Attribute.of(1.5));
            assertThat(reader.attribute("", "ints").orElseThrow().values()).isEqualTo(List.of(1L, 2L, 3L, 4L));
            assertThat(reader.attribute("", "no such")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void strings_ofFixedAndVariableLength_areRead(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            assertThat(reader.strings("texts")).containsExactly("a", "üb層", "");
            assertThat(reader.strings("fixed")).containsExactly("ab", "c", "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void elements_neverWritten_areTheFillValue(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            assertThat(reader.read("never_written").getShort(8)).isEqualTo((short) 7);
            assertThat(reader.read("sparse").getDouble(8 * (20 * 8 + 3))).isEqualTo(1);
            assertThat(reader.read("sparse").getDouble(8 * (20 * 19 + 19))).isEqualTo(3.25);
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_thatAreNotAscii_areFound(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, "keras3-unicode.h5")) {
            assertThat(reader.names("model_weights")).hasSize(13).contains("größe", "層", "слой");
            assertThat(SplitAttribute.read(reader, "model_weights", "layer_names").orElseThrow()).contains("層");
            assertThat(reader.isGroup("model_weights/層/sequential/層")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void parts_ofDatasets_areTheBytesOfTheWhole(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            for (String path : List.of("packed", "chunks", "sparse", "n/big_f4", "compact")) {
                H5Dataset dataset = reader.dataset(path);
                ByteBuffer whole = reader.read(path);
                int size = dataset.type().size();
                for (long first = 0; first < dataset.elements(); first += 1 + dataset.elements() / 7) {
                    long count = Math.min(dataset.elements() - first, 1 + dataset.elements() / 3);
                    ByteBuffer direct = ByteBuffer.allocateDirect((int) count * size);
                    reader.read(path, first, direct);
                    assertThat(direct.flip()).as("%s from %d", path, first)
                            .isEqualTo(whole.slice((int) first * size, (int) count * size));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void read_intoADirectBufferWithAnOffset_fillsFromItsPosition(H5Engine engine) throws Exception {
        ByteBuffer target = ByteBuffer.allocateDirect(40).order(ByteOrder.LITTLE_ENDIAN);
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            reader.read("n/big_f4", target.position(8).limit(32));
        }
        assertThat(target.position()).isEqualTo(32);
        assertThat(target.limit(40).getFloat(28)).isEqualTo(7f);
        assertThat(target.getLong(0)).isZero();
        assertThat(target.getLong(32)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void path_withoutObject_isRefusedWithWhatIsThere(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, MODEL)) {
            assertThatThrownBy(() -> reader.dataset("layers/conv2d")).isInstanceOf(H5Exception.class).hasMessage(
                    "File \"" + MODEL + "\": \"/layers/conv2d\" must be a dataset. Received: nothing. "
                            + "The group \"/layers\" holds [dense, dense_1].");
            assertThatThrownBy(() -> reader.names("layers/dense/vars/0")).isInstanceOf(H5Exception.class)
                    .hasMessageContaining("must be a group. Received: a dataset.");
            assertThatThrownBy(() -> reader.strings("layers/dense/vars/0")).isInstanceOf(H5Exception.class)
                    .hasMessageContaining("must hold strings. Received: float32[");
        }
    }

    @ParameterizedTest
    @EnumSource
    void buffer_ofTheWrongSize_isRefused(H5Engine engine) throws Exception {
        try (H5Reader reader = TestFiles.open(engine, TYPES)) {
            assertThatThrownBy(() -> reader.read("n/f4", ByteBuffer.allocate(25)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("its 24 bytes. Received")
                    .hasMessageContaining("25 bytes").hasMessageContaining("Size the buffer");
            assertThatThrownBy(() -> reader.read("n/f4", 5, ByteBuffer.allocate(8)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("within the dataset");
        }
    }

    @Test
    void reader_closed_refusesUse() throws Exception {
        H5Reader reader = TestFiles.open(H5Engine.JAVA, MODEL);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.names("")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be open").hasMessageContaining("Open the file again");
    }
}
