package dev.keratin.data;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;

/** Rows of tensors, cut into batches; each pass takes the rows in the next of the orders that the seed gives. */
final class RowsDataset extends Dataset {
    private final TensorRows rows;
    private final int size;
    private final boolean dropRemainder;
    private final AtomicLong passes = new AtomicLong();

    RowsDataset(TensorRows rows, int size, boolean dropRemainder) {
        this.rows = rows;
        this.size = size;
        this.dropRemainder = dropRemainder;
    }

    @Override
    public BatchIterator iterator() {
        int[] order = rows.order(passes.getAndIncrement());
        int end = dropRemainder ? order.length / size * size : order.length;
        return new BatchIterator() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                next = Math.min(end, from + size);
                return rows.copy(Arrays.copyOfRange(order, from, next));
            }
        };
    }

    @Override
    public long cardinality() {
        return dropRemainder ? rows.size() / size : (rows.size() + size - 1L) / size;
    }
}
