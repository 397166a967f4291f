package dev.keratin.data;

import java.util.Iterator;

/**
 * One pass through a data set. Every batch belongs to the caller of {@link #next}, who closes it. Closing the iterator
 * before its end stops what works for it in the background; at its end that is done already.
 */
public interface BatchIterator extends Iterator<Batch>, AutoCloseable {
    /** Ends the pass; harmless when repeated. */
    @Override
    default void close() {}

    /** A pass over batches from elsewhere. */
    static BatchIterator of(Iterator<Batch> batches) {
        return new BatchIterator() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                return batches.next();
            }

            @Override
            public void close() {
                if (batches instanceof BatchIterator) {
                    ((BatchIterator) batches).close();
                }
            }
        };
    }
}
