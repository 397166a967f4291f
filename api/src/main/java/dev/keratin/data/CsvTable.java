package dev.keratin.data;

import dev.keratin.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Rows of numbers that come with the jar: features, then a whole number as the target. */
final class CsvTable {
    private static final int TEST_PART = 5;
    private static final long SEED = 0;

    private final List<float[]> features = new ArrayList<>();
    private final List<Integer> targets = new ArrayList<>();

    private CsvTable() {}

    /** Reads a gzipped csv with a header from beside this class. */
    static CsvTable read(String resource) {
        CsvTable table = new CsvTable();
        try (InputStream in = CsvTable.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
            lines.lines().skip(1).forEach(table::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    /**
     * Every row once, in an order that is always the same; the last fifth is for tests.
     *
     * @param scale what features are multiplied by
     * @param dims the axes of one sample
     */
    TrainTest split(float scale, long... dims) {
        int[] rows = RowOrder.range(0, targets.size());
        RowOrder.shuffle(rows, SEED, 0);
        int train = rows.length - (rows.length + TEST_PART - 1) / TEST_PART;
        int[] first = Arrays.copyOf(rows, train);
        int[] last = Arrays.copyOfRange(rows, train, rows.length);
        return new TrainTest(x(first, scale, dims), y(first), x(last, scale, dims), y(last));
    }

    private void add(String line) {
        String[] fields = line.split(",");
        float[] row = new float[fields.length - 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = Float.parseFloat(fields[i]);
        }
        features.add(row);
        targets.add((int) Float.parseFloat(fields[row.length]));
    }

    private Tensor x(int[] rows, float scale, long[] dims) {
        int width = features.get(0).length;
        float[] all = new float[rows.length * width];
        for (int i = 0; i < all.length; i++) {
            all[i] = features.get(rows[i / width])[i % width] * scale;
        }
        long[] shape = new long[dims.length + 1];
        shape[0] = rows.length;
        System.arraycopy(dims, 0, shape, 1, dims.length);
        return Tensor.of(all, shape);
    }

    private Tensor y(int[] rows) {
        return Tensor.of(Arrays.stream(rows).map(targets::get).toArray(), rows.length);
    }
}
