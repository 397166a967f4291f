package dev.keratin.data;

import java.util.NoSuchElementException;

/** Batches that are made by number. */
final class SourceDataset extends Dataset {
    private final BatchSource source;

    SourceDataset(BatchSource source) {
        this.source = source;
    }

    @Override
    public BatchIterator iterator() {
        return new BatchIterator() {
            private int next;
            private boolean ended;

            @Override
            public boolean hasNext() {
                boolean more = next < source.size();
                if (!more && !ended) {
                    ended = true;
                    source.onEpochEnd();
                }
                return more;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return source.get(next++);
            }
        };
    }

    @Override
    public long cardinality() {
        return source.size();
    }
}
