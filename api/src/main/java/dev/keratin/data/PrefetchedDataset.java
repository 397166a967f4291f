package dev.keratin.data;

import java.lang.ref.Cleaner;
import java.util.NoSuchElementException;

/** The batches of another data set, made ahead on a thread of their own. */
final class PrefetchedDataset extends Dataset {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Dataset origin;
    private final int waiting;

    PrefetchedDataset(Dataset origin, int waiting) {
        this.origin = origin;
        this.waiting = waiting;
    }

    @Override
    public BatchIterator iterator() {
        BatchQueue queue = new BatchQueue(waiting);
        Taking taking = new Taking(queue);
        Thread thread = new Thread(() -> fill(queue), "keratin-prefetch");
        thread.setDaemon(true);
        thread.start();
        return taking;
    }

    @Override
    public long cardinality() {
        return origin.cardinality();
    }

    private void fill(BatchQueue queue) {
        try (BatchIterator batches = origin.iterator()) {
            while (queue.isOpen() && batches.hasNext()) {
                queue.put(batches.next());
            }
            queue.end(null);
        } catch (Throwable failure) {
            queue.end(failure);
        }
    }

    private static final class Taking implements BatchIterator {
        private final BatchQueue queue;
        private final Cleaner.Cleanable cleanable;

        Taking(BatchQueue queue) {
            this.queue = queue;
            this.cleanable = CLEANER.register(this, queue::close);
        }

        @Override
        public boolean hasNext() {
            return queue.hasNext();
        }

        @Override
        public Batch next() {
            Batch batch = queue.take();
            if (batch == null) {
                throw new NoSuchElementException();
            }
            return batch;
        }

        @Override
        public void close() {
            cleanable.clean();
        }
    }
}
