package dev.keratin.data;

import java.util.Collections;
import java.util.NoSuchElementException;

/** Several passes through another data set, or passes without end. */
final class RepeatedDataset extends Dataset {
    private final Dataset origin;
    private final long passes;

    RepeatedDataset(Dataset origin, long passes) {
        this.origin = origin;
        this.passes = passes;
    }

    @Override
    public BatchIterator iterator() {
        return new Passes();
    }

    @Override
    public long cardinality() {
        long once = origin.cardinality();
        if (passes == 0 || once == 0) {
            return 0;
        } else if (once == UNKNOWN || once == INFINITE) {
            return once;
        }
        return passes == Long.MAX_VALUE ? INFINITE : once * passes;
    }

    private final class Passes implements BatchIterator {
        private BatchIterator current =
                passes > 0 ? origin.iterator() : BatchIterator.of(Collections.emptyIterator());
        private long left = passes - 1;
        private boolean any;

        @Override
        public boolean hasNext() {
            while (!current.hasNext()) {
                // A pass without a batch would be followed by nothing but such passes.
                if (left <= 0 || !any) {
                    return false;
                }
                left--;
                any = false;
                current.close();
                current = origin.iterator();
            }
            any = true;
            return true;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }

        @Override
        public void close() {
            left = 0;
            current.close();
        }
    }
}
