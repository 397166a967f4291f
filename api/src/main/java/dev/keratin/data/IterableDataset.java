package dev.keratin.data;

import java.util.Collection;
import java.util.Iterator;

/** Batches of the user. */
final class IterableDataset extends Dataset {
    private final Iterable<Batch> batches;

    IterableDataset(Iterable<Batch> batches) {
        this.batches = batches;
    }

    @Override
    public BatchIterator iterator() {
        Iterator<Batch> pass = batches.iterator();
        return BatchIterator.of(batches instanceof Collection ? copies(pass) : pass);
    }

    /** A collection gives the same batches in each pass, so that it keeps its own. */
    private static Iterator<Batch> copies(Iterator<Batch> kept) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return kept.hasNext();
            }

            @Override
            public Batch next() {
                return kept.next().copy();
            }
        };
    }

    @Override
    public long cardinality() {
        return batches instanceof Collection ? ((Collection<Batch>) batches).size() : UNKNOWN;
    }
}
