package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.Shape;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    private Path directory;

    private static Csv read(String text) {
        return Csv.read(new StringReader(text), ',');
    }

    @Test
    void table_numbersAndWords_areTensors() throws IOException {
        Path file = directory.resolve("flowers.csv");
        Files.writeString(file, "\uFEFFlength;width;species\r\n5.1; 3.5;setosa\r\n7;;virginica\r\n\r\n6.5;3;setosa\r\n");
        Csv flowers = Csv.read(file, ';');

        assertThat(flowers.columns()).containsExactly("length", "width", "species");
        assertThat(flowers.size()).isEqualTo(3);
        assertThat(flowers.numbers("width", "length").toFloatArray())
                .containsExactly(3.5f, 5.1f, Float.NaN, 7, 3, 6.5f);
        assertThat(flowers.numbers("length").shape()).isEqualTo(Shape.of(3, 1));
        assertThat(flowers.categories("species").toIntArray()).containsExactly(0, 1, 0);
        assertThat(flowers.categoriesOf("species")).containsExactly("setosa", "virginica");
    }

    @Test
    void numbers_ofNoColumn_areThoseOfAll() {
        assertThat(read("a,b\n1,2\n3,4").numbers().toFloatArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void fields_quoted_keepSeparatorsQuotesAndLines() {
        Csv table = read("\"name, full\",n\n\"Ada \"\"the\"\" first\nof all\",1\n,\n\"\",3\nlast,\n");

        assertThat(table.columns()).containsExactly("name, full", "n");
        assertThat(table.text("name, full")).containsExactly("Ada \"the\" first\nof all", "", "", "last");
        assertThat(table.text("n")).containsExactly("1", "", "3", "");
    }

    @Test
    void text_endingWithASeparator_hasAnEmptyField() {
        assertThat(read("a,b\n1,").text("b")).containsExactly("");
    }

    @Test
    void row_ofOtherLength_isNamed() {
        assertThatThrownBy(() -> read("a,b\n\"x\ny\",1\n1,2,3\n")).hasMessage("Csv: 2 fields in each row are required. Received: 3"
                + " in row 1 of text. Quote fields that hold the separator, or say which it is.");
    }

    @Test
    void quote_withoutEnd_isRefused() {
        assertThatThrownBy(() -> read("a\n1\n\"2\n")).hasMessage("Csv: fields as in RFC 4180 are required."
                + " Received: Missing closing quote for value in text. Close each quote, and double those within a field.");
    }

    @Test
    void words_asNumbers_areRefused() {
        assertThatThrownBy(() -> read("a,b\n1,2\n1,x\n").numbers()).hasMessage("Csv: numbers are required in column \"b\"."
                + " Received: \"x\" in row 1. Use categories for words.");
    }

    @Test
    void columns_unknownOrTwice_areRefused() {
        assertThatThrownBy(() -> read("a,b\n1,2\n").text("c"))
                .hasMessage("Csv: the name of a column is required. Received: \"c\". Columns: [a, b].");
        assertThatThrownBy(() -> read("a,a\n")).hasMessage("Csv: a first line with different names of columns is required."
                + " Received: [a, a] in text.");
        assertThatThrownBy(() -> read("")).hasMessageContaining("Received: [] in text.");
    }

    @Test
    void file_thatIsNotThere_isNamed() {
        assertThatThrownBy(() -> Csv.read(directory.resolve("no.csv"))).hasMessageStartingWith(
                "Csv: a text file in UTF-8 is required. Received: " + directory.resolve("no.csv"));
    }
}
