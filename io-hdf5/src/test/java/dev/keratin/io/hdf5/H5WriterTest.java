package dev.keratin.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both engines write, read back by both. */
class H5WriterTest {
    private static final long SEED = 7;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#good")
    void copies_ofEveryFile_areEqual(String name) throws Exception {
        try (H5Reader original = TestFiles.open(H5Engine.JAVA, name)) {
            Snapshot expected = Snapshot.of(original);
            for (H5Engine engine : H5Engine.values()) {
                Path copy = directory.resolve(engine + ".h5");
                engine.write(copy, Snapshot.copy(original));
                for (H5Engine reading : H5Engine.values()) {
                    assertThat(snapshot(reading, copy)).as("%s read by %s", engine, reading).isEqualTo(expected);
                }
            }
        }
    }

    private static Snapshot snapshot(H5Engine engine, Path file) throws H5Exception {
        try (H5Reader reader = engine.open(file)) {
            return Snapshot.of(reader);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#pairs")
    void datasets_ofEveryTypeAndShape_comeBack(H5Engine writing, H5Engine reading) throws Exception {
        Random random = new Random(SEED);
        List<long[]> shapes = List.of(new long[] {}, new long[] {5}, new long[] {2, 3, 4}, new long[] {0, 3},
                new long[] {1, 1});
        for (H5Type type : H5Type.values()) {
            for (long[] shape : shapes) {
                if (type != H5Type.STRING) {
                    numbersComeBack(writing, reading, type, shape, random);
                }
            }
        }
    }

    private void numbersComeBack(H5Engine writing, H5Engine reading, H5Type type, long[] shape, Random random)
            throws IOException {
        H5Dataset expected = new H5Dataset("group/data", type, Dims.list(shape));
        byte[] data = new byte[(int) expected.byteSize()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (type == H5Type.BOOL ? random.nextInt(2) : random.nextInt(256));
        }
        Path file = directory.resolve("data.h5");
        writing.write(file, writer -> writer.dataset("group/data", type, shape, ByteBuffer.wrap(data)));
        try (H5Reader reader = reading.open(file)) {
            assertThat(reader.dataset("group/data")).isEqualTo(expected);
            assertThat(reader.read("group/data")).isEqualTo(ByteBuffer.wrap(data));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#pairs")
    void children_manyAndOddlyNamed_comeBack(H5Engine writing, H5Engine reading) throws Exception {
        List<String> names = IntStream.range(0, 300)
                .mapToObj(i -> i % 7 == 0 ? "層 " + i + " 😀" : "kernel:" + i).toList();
        Path file = directory.resolve("many.h5");
        writing.write(file, writer -> {
            for (String name : names) {
                writer.dataset("a/b/" + name, H5Type.INT32, new long[0], ByteBuffer.allocate(4));
            }
            writer.group("x".repeat(3000) + "/empty");
            writer.group("layers\\dense");
        });
        try (H5Reader reader = reading.open(file)) {
            assertThat(reader.names("a/b")).containsExactlyElementsOf(names.stream().sorted(H5Path.ORDER).toList());
            assertThat(reader.isDataset("a/b/" + names.get(299))).isTrue();
            assertThat(reader.names("x".repeat(3000))).containsExactly("empty");
            assertThat(reader.names("x".repeat(3000) + "/empty")).isEmpty();
            assertThat(reader.isGroup("layers\\dense")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#pairs")
    void groups_ofThousands_comeBack(H5Engine writing, H5Engine reading) throws Exception {
        Path file = directory.resolve("thousands.h5");
        writing.write(file, writer -> {
            for (int i = 0; i < 3000; i++) {
                writer.group("g/" + i);
            }
        });
        try (H5Reader reader = reading.open(file)) {
            assertThat(reader.names("g")).hasSize(3000).isSortedAccordingTo(H5Path.ORDER);
            assertThat(reader.isGroup("g/2999")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#pairs")
    void attributes_manyAndLong_comeBack(H5Engine writing, H5Engine reading) throws Exception {
        String longText = "ä".repeat(200_000);
        List<String> texts = IntStream.range(0, 4000).mapToObj(i -> "weight_" + i).toList();
        Path file = directory.resolve("attributes.h5");
        writing.write(file, writer -> {
            writer.attribute("", "model_config", H5Attribute.ascii(longText));
            writer.attribute("/", "names", H5Attribute.strings(H5Attribute.Form.UTF8, texts));
            writer.group("g");
            for (int i = 0; i < 300; i++) {
                writer.attribute("g", "attribute " + i, H5Attribute.of(i));
            }
            writer.attribute("g", "flag", H5Attribute.of(false));
            writer.attribute("g", "nothing", H5Attribute.empty());
            writer.attribute("g", "half", H5Attribute.of(0.5));
        });
        try (H5Reader reader = reading.open(file)) {
            assertThat(reader.attribute("", "model_config")).contains(H5Attribute.ascii(longText));
            assertThat(reader.attribute("", "names").orElseThrow().strings()).isEqualTo(texts);
            assertThat(reader.attributeNames("g")).hasSize(303);
            assertThat(reader.attribute("g", "attribute 299").orElseThrow().number()).isEqualTo(299L);
            assertThat(reader.attribute("g", "flag")).contains(H5Attribute.of(false));
            assertThat(reader.attribute("g", "nothing")).contains(H5Attribute.empty());
            assertThat(reader.attribute("g", "half")).contains(H5Attribute.of(0.5));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#pairs")
    void pieces_ofADataset_areJoined(H5Engine writing, H5Engine reading) throws Exception {
        ByteBuffer whole = ByteBuffer.allocateDirect(4 * 60).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, 60).forEach(i -> whole.putInt(4 * i, i));
        List<ByteBuffer> pieces = List.of(whole.slice(0, 28), whole.slice(28, 0), whole.slice(28, 132),
                whole.slice(160, 80));
        Path file = directory.resolve("pieces.h5");
        writing.write(file, writer -> writer.dataset("d", H5Type.INT32, new long[] {3, 4, 5}, pieces));
        try (H5Reader reader = reading.open(file)) {
            assertThat(reader.read("d")).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writing_twice_givesTheSameBytes(H5Engine engine) throws Exception {
        Path first = directory.resolve("first.h5");
        Path second = directory.resolve("second.h5");
        for (Path file : List.of(first, second)) {
            try (H5Reader original = TestFiles.open(H5Engine.JAVA, "h5py-earliest.h5")) {
                engine.write(file, Snapshot.copy(original));
            }
        }
        assertThat(first).hasSameBinaryContentAs(second);
    }

    /** The hole stands for gigabytes of data, which take no room on the disk. */
    @ParameterizedTest
    @MethodSource("dev.keratin.io.hdf5.TestFiles#pairs")
    void files_beyond2And4Gigabytes_comeBack(H5Engine writing, H5Engine reading) throws Exception {
        Path file = Files.createFile(directory.resolve("big.h5"));
        H5Dataset hole = new H5Dataset("hole", H5Type.UINT8, List.of(5L, 1L << 30));
        H5Dataset last = new H5Dataset("last", H5Type.FLOAT32, List.of(2L));
        try (WriteEngine engine = writing.writer(file)) {
            engine.dataset(hole, List.of());
            engine.dataset(last, List.of(TestFiles.floats(1, 2)));
            engine.finish();
        }
        try (H5Reader reader = reading.open(file)) {
            assertThat(reader.read("last")).isEqualTo(TestFiles.floats(1, 2));
            ByteBuffer part = ByteBuffer.allocate(100);
            if (writing == H5Engine.JAVA) {
                reader.read("hole", (5L << 30) - 100, part);
                assertThat(part.flip()).isEqualTo(ByteBuffer.allocate(100));
            }
        }
    }

    @Test
    void misuse_isRefusedWithReasons() throws Exception {
        H5Engine.JAVA.write(directory.resolve("misuse.h5"), writer -> {
            writer.dataset("d", H5Type.FLOAT32, new long[] {2}, TestFiles.floats(1, 2));
            refused(() -> writer.dataset("d", H5Type.FLOAT32, new long[] {2}, TestFiles.floats(1, 2)), "second object");
            refused(() -> writer.dataset("d/e", H5Type.FLOAT32, new long[] {}, TestFiles.floats(1)), "must be a group");
            refused(() -> writer.dataset("e", H5Type.FLOAT32, new long[] {3}, TestFiles.floats(1)), "must be 12 bytes");
            refused(() -> writer.dataset("e", H5Type.FLOAT32, new long[] {-3}, TestFiles.floats(1)), "at least 0");
            refused(() -> writer.dataset("f", H5Type.FLOAT32, new long[] {3}, List.of(TestFiles.floats(1, 2))),
                    "add up to 12");
            refused(() -> writer.strings("g", new long[] {2}, List.of("one")), "one string per element");
            refused(() -> writer.attribute("h", "a", H5Attribute.of(1)), "object first");
            refused(() -> writer.attribute("", "long", H5Attribute.strings(H5Attribute.Form.FIXED,
                    List.of("x".repeat(70_000)))), "Split it with SplitAttribute");
            writer.attribute("", "a", H5Attribute.of(1));
            refused(() -> writer.attribute("", "a", H5Attribute.of(1)), "must be new");
            refused(() -> writer.group("a/./b"), "none of them \".\"");
        });
    }

    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    private static void refused(Call call, String words) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words)
                .hasMessageContaining("Received: ");
    }

    @Test
    void writer_afterItsEnd_refusesUse() throws Exception {
        H5Writer[] escaped = new H5Writer[1];
        H5Engine.JAVA.write(directory.resolve("escaped.h5"), writer -> escaped[0] = writer);
        assertThatThrownBy(() -> escaped[0].group("late")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Write within the H5Content only");
    }
}
