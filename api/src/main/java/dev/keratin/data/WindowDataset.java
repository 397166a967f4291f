package dev.keratin.data;

import java.util.NoSuchElementException;

/** A part of another data set: some batches skipped, then some taken. */
final class WindowDataset extends Dataset {
    private final Dataset origin;
    private final long skipped;
    private final long taken;

    WindowDataset(Dataset origin, long skipped, long taken) {
        this.origin = origin;
        this.skipped = skipped;
        this.taken = taken;
    }

    @Override
    public BatchIterator iterator() {
        BatchIterator batches = origin.iterator();
        return new BatchIterator() {
            private long toSkip = skipped;
            private long left = taken;

            @Override
            public boolean hasNext() {
                for (; toSkip > 0 && batches.hasNext(); toSkip--) {
                    batches.next().close();
                }
                boolean more = left > 0 && batches.hasNext();
                if (!more) {
                    close();
                }
                return more;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                left--;
                return batches.next();
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    @Override
    public long cardinality() {
        long all = origin.cardinality();
        if (all == UNKNOWN) {
            return UNKNOWN;
        } else if (all == INFINITE) {
            return taken == Long.MAX_VALUE ? INFINITE : taken;
        }
        return Math.min(taken, Math.max(0, all - skipped));
    }
}
