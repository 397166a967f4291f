package dev.keratin.data;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Gather;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Rows of tensors in memory, counted by their first axes: what {@link #batch} cuts into batches. Immutable; the tensors
 * belong to whoever made them and must stay open.
 */
public final class TensorRows {
    private final Batch all;
    private final int start;
    private final int count;
    private final OptionalLong seed;

    /**
     * Rows for training and rows for validation.
     *
     * @param train the first rows
     * @param validation the last rows
     */
    public record Split(TensorRows train, TensorRows validation) {}

    TensorRows(Batch all) {
        this(all, 0, Math.toIntExact(all.size()), OptionalLong.empty());
    }

    private TensorRows(Batch all, int start, int count, OptionalLong seed) {
        this.all = all;
        this.start = start;
        this.count = count;
        this.seed = seed;
    }

    /** The number of rows. */
    public int size() {
        return count;
    }

    /**
     * Takes the rows in another order in each pass; the orders depend on the seed only.
     *
     * @param newSeed any number
     */
    public TensorRows shuffle(long newSeed) {
        return new TensorRows(all, start, count, OptionalLong.of(newSeed));
    }

    /** Some neighbouring rows. */
    public TensorRows range(int from, int to) {
        if (from < 0 || to < from || to > count) {
            throw new IllegalArgumentException("range: 0 <= from <= to <= " + count + " is required. Received: from=" + from
                    + ", to=" + to + ".");
        }
        return new TensorRows(all, start + from, to - from, seed);
    }

    /**
     * Sets the last rows apart, as {@code validation_split} does: before any shuffling.
     *
     * @param fraction which part of the rows is for validation; above 0, below 1
     * @throws IllegalArgumentException if one of both would be empty
     */
    public Split validationSplit(double fraction) {
        int train = fraction > 0 && fraction < 1 ? (int) Math.floor(count * (1 - fraction)) : 0;
        if (train == 0 || train == count) {
            throw new IllegalArgumentException("validationSplit: a fraction between 0 and 1 that leaves rows for both"
                    + " parts is required. Received: " + fraction + " of " + count + " rows.");
        }
        return new Split(range(0, train), range(train, count));
    }

    /** Batches of the given number of rows; the last one may have fewer. */
    public Dataset batch(int size) {
        return batch(size, false);
    }

    /**
     * Batches of the given number of rows.
     *
     * @param size at least 1
     * @param dropRemainder whether a last batch with fewer rows is left out
     */
    public Dataset batch(int size, boolean dropRemainder) {
        if (size < 1) {
            throw new IllegalArgumentException("batch: a batch size of at least 1 is required. Received: " + size
                    + ". Keras takes 32 unless told otherwise.");
        }
        return new RowsDataset(this, size, dropRemainder);
    }

    /**
     * Copies rows into a batch that belongs to the caller.
     *
     * @param rows numbers of rows from 0 to {@code size() - 1}, in any order
     */
    public Batch gather(int... rows) {
        int[] numbers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= count) {
                throw new IllegalArgumentException("gather: rows from 0 to " + (count - 1) + " are required. Received: "
                        + rows[i] + ".");
            }
            numbers[i] = start + rows[i];
        }
        return copy(numbers);
    }

    int[] order(long pass) {
        int[] rows = RowOrder.range(start, count);
        seed.ifPresent(value -> RowOrder.shuffle(rows, value, pass));
        return rows;
    }

    Batch copy(int[] rows) {
        try (Tensor numbers = Tensor.of(rows, rows.length)) {
            return new Batch(copy(all.x(), numbers), copy(all.y(), numbers), copy(all.sampleWeights(), numbers));
        }
    }

    private static List<Tensor> copy(List<Tensor> tensors, Tensor rows) {
        List<Tensor> copies = new ArrayList<>();
        tensors.forEach(tensor -> copies.add(Ops.apply(new Gather(0), tensor, rows)));
        return copies;
    }
}
