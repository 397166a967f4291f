package dev.keratin.data;

import java.util.Collection;

/** Batches of the user. */
final class IterableDataset extends Dataset {
    private final Iterable<Batch> batches;

    IterableDataset(Iterable<Batch> batches) {
        this.batches = batches;
    }

    @Override
    public BatchIterator iterator() {
        return BatchIterator.of(batches.iterator());
    }

    @Override
    public long cardinality() {
        return batches instanceof Collection ? ((Collection<Batch>) batches).size() : UNKNOWN;
    }
}
