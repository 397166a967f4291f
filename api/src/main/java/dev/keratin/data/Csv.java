package dev.keratin.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.keratin.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A table of a CSV file, as tensors. The first line names the columns; fields may be quoted as in RFC 4180. Immutable.
 *
 * <pre>{@code
 * Csv flowers = Csv.read(Path.of("iris.csv"));
 * Tensor x = flowers.numbers("sepal_length", "sepal_width");       // float32 [row, column]
 * Tensor y = flowers.categories("species");                         // int32 [row]
 * model.fit(x, y, epochs(10));
 * }</pre>
 */
public final class Csv {
    private final List<String> columns;
    private final List<List<String>> rows;

    private Csv(List<String> columns, List<List<String>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /** The table of a file in UTF-8 with commas between the fields. */
    public static Csv read(Path file) {
        return read(file, ',');
    }

    /**
     * The table of a file in UTF-8 with the given character between the fields.
     *
     * @throws UncheckedIOException if there is no such file, or it can't be read
     * @throws IllegalArgumentException as {@link #read(Reader, char)}
     */
    public static Csv read(Path file, char separator) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(format(separator).readValues(in), file.toString());
        } catch (IOException e) {
            throw failure(file.toString(), e);
        }
    }

    /**
     * The table of a text; the reader stays the caller's.
     *
     * @throws IllegalArgumentException if two columns have one name, a row has more or fewer fields than there are columns, or a
     *         quoted field has no end
     */
    public static Csv read(Reader in, char separator) {
        try {
            return of(format(separator).readValues(in), "text");
        } catch (IOException e) {
            throw failure("text", e);
        }
    }

    private static ObjectReader format(char separator) {
        return CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build()
                .readerForListOf(String.class).with(CsvSchema.emptySchema().withColumnSeparator(separator));
    }

    private static RuntimeException failure(String name, IOException e) {
        return e instanceof JsonProcessingException syntax
                ? new IllegalArgumentException("Csv: fields as in RFC 4180 are required. Received: " + syntax.getOriginalMessage()
                        + " in " + name + ". Close each quote, and double those within a field.", e)
                : new UncheckedIOException("Csv: a text file in UTF-8 is required. Received: " + name + " (" + e + ").", e);
    }

    private static Csv of(MappingIterator<List<String>> records, String name) throws IOException {
        List<String> columns = records.hasNextValue() ? records.nextValue() : List.of();
        if (columns.isEmpty() || columns.size() != columns.stream().distinct().count()) {
            throw new IllegalArgumentException("Csv: a first line with different names of columns is required. Received: " + columns
                    + " in " + name + ".");
        }
        List<List<String>> rows = new ArrayList<>();
        while (records.hasNextValue()) {
            List<String> row = records.nextValue();
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("Csv: " + columns.size() + " fields in each row are required. Received: "
                        + row.size() + " in row " + rows.size() + " of " + name
                        + ". Quote fields that hold the separator, or say which it is.");
            }
            rows.add(row);
        }
        return new Csv(columns, rows);
    }

    /** The names of the columns, in their order. */
    public List<String> columns() {
        return columns;
    }

    /** The number of rows, the first line not counted. */
    public int size() {
        return rows.size();
    }

    /** The fields of a column as they are written. */
    public List<String> text(String column) {
        int index = index(column);
        return rows.stream().map(row -> row.get(index)).toList();
    }

    /**
     * Columns of numbers, as float32 [row, column]; an empty field is NaN.
     *
     * @param names of the columns; none for all
     * @throws IllegalArgumentException if a field is no number, or there is no such column
     */
    public Tensor numbers(String... names) {
        int[] chosen = names.length == 0 ? IntStream.range(0, columns.size()).toArray()
                : Arrays.stream(names).mapToInt(this::index).toArray();
        float[] numbers = new float[rows.size() * chosen.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(i / chosen.length, chosen[i % chosen.length]);
        }
        return Tensor.of(numbers, rows.size(), chosen.length);
    }

    private float number(int row, int column) {
        String field = rows.get(row).get(column).strip();
        try {
            return field.isEmpty() ? Float.NaN : Float.parseFloat(field);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Csv: numbers are required in column \"" + columns.get(column) + "\". Received: \""
                    + field + "\" in row " + row + ". Use categories for words.");
        }
    }

    /** A column of words, each row's place among {@link #categoriesOf}, as int32 [row]. */
    public Tensor categories(String column) {
        List<String> categories = categoriesOf(column);
        Map<String, Integer> places = new HashMap<>();
        categories.forEach(category -> places.put(category, places.size()));
        return Tensor.of(text(column).stream().mapToInt(places::get).toArray(), rows.size());
    }

    /** The different words of a column, in alphabetical order. */
    public List<String> categoriesOf(String column) {
        return List.copyOf(new TreeSet<>(text(column)));
    }

    private int index(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("Csv: the name of a column is required. Received: \"" + column + "\". Columns: "
                    + columns + ".");
        }
        return index;
    }
}
