package dev.keratin.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitAttributeTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("names.h5");
    }

    private void write(List<String> texts) throws Exception {
        H5Writer.write(file, writer -> SplitAttribute.write(writer, "", "names", texts));
    }

    private static List<String> texts(int count, int width) {
        return IntStream.range(0, count).mapToObj(i -> String.format("%0" + width + "d", i)).toList();
    }

    @Test
    void list_thatFits_isOneAttribute() throws Exception {
        List<String> texts = texts(100, 20);
        write(texts);
        try (H5Reader reader = H5Reader.open(file)) {
            assertThat(reader.attributeNames("")).containsExactly("names");
            assertThat(reader.attribute("", "names")).contains(H5Attribute.strings(Form.ASCII, texts));
            assertThat(SplitAttribute.read(reader, "", "names")).contains(texts);
        }
    }

    @Test
    void list_ofManyShortStrings_isOneAttributeOfFixedLength() throws Exception {
        List<String> texts = texts(5000, 6);
        write(texts);
        try (H5Reader reader = H5Reader.open(file)) {
            assertThat(reader.attribute("", "names")).contains(H5Attribute.strings(Form.FIXED, texts));
        }
    }

    /** 1001 strings of 200 bytes: 322 fit in 64,512 bytes, so there are 4 parts, of 251, 250, 250 and 250. */
    @Test
    void list_thatIsTooLong_isSplitAsKerasSplits() throws Exception {
        List<String> texts = texts(1001, 200);
        write(texts);
        try (H5Reader reader = H5Reader.open(file)) {
            assertThat(reader.attributeNames("")).containsExactly("names0", "names1", "names2", "names3");
            assertThat(reader.attribute("", "names0")).contains(H5Attribute.strings(Form.FIXED, texts.subList(0, 251)));
            assertThat(reader.attribute("", "names3")).contains(H5Attribute.strings(Form.FIXED, texts.subList(751, 1001)));
            assertThat(SplitAttribute.read(reader, "", "names")).contains(texts);
        }
    }

    @Test
    void list_empty_isAnEmptyArray() throws Exception {
        write(List.of());
        try (H5Reader reader = H5Reader.open(file)) {
            assertThat(reader.attribute("", "names")).contains(H5Attribute.empty());
            assertThat(SplitAttribute.read(reader, "", "names")).contains(List.of());
            assertThat(SplitAttribute.read(reader, "", "others")).isEmpty();
        }
    }

    @Test
    void string_longerThanAPart_isRefused() {
        assertThatThrownBy(() -> write(List.of("x".repeat(70_000)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 64512 bytes. Received: one of 70000. Shorten");
    }

    @Test
    void attribute_ofNumbers_isRefused() throws Exception {
        H5Writer.write(file, writer -> writer.attribute("", "names", H5Attribute.of(3)));
        try (H5Reader reader = H5Reader.open(file)) {
            assertThatThrownBy(() -> SplitAttribute.read(reader, "", "names")).isInstanceOf(H5Exception.class)
                    .hasMessageContaining("must hold strings. Received: int64[]. Check");
        }
    }
}
