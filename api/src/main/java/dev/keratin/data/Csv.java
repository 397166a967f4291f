package dev.keratin.data;

import dev.keratin.Tensor;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    /** The table of a file in UTF-8 with the given character between the fields. */
    public static Csv read(Path file, char separator) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(in, separator, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Csv: a text file in UTF-8 is required. Received: " + file + " (" + e + ").", e);
        }
    }

    /** The table of a text; the reader stays the caller's. */
    public static Csv read(Reader in, char separator) {
        try {
            return read(in, separator, "text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Csv read(Reader in, char separator, String name) throws IOException {
        CsvRecords records = new CsvRecords(in, separator, name);
        List<String> columns = records.next();
        if (columns.isEmpty() || columns.size() != columns.stream().distinct().count()) {
            throw new IllegalArgumentException("Csv: a first line with different names of columns is required. Received: " + columns
                    + " in " + name + ".");
        }
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row = records.next(); !row.isEmpty(); row = records.next()) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("Csv: " + columns.size() + " fields in each row are required. Received: "
                        + row.size() + " in the row that ends in line " + records.line() + " of " + name
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
