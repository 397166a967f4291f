package dev.keratin.data;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Hands batches from the thread that makes them to the one that uses them. */
final class BatchQueue {
    private final Deque<Batch> batches = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;
    private boolean ended;
    private @Nullable Throwable failure;

    BatchQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Whether anybody still wants batches. */
    synchronized boolean isOpen() {
        return !closed;
    }

    /** Adds a batch as soon as there is room; closes it if nobody wants it. */
    synchronized void put(Batch batch) {
        while (batches.size() >= capacity && !closed) {
            await();
        }
        if (closed) {
            batch.close();
        } else {
            batches.add(batch);
            notifyAll();
        }
    }

    /** Says that no batch follows, and why if that was not planned. */
    synchronized void end(@Nullable Throwable why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    /** Waits for a batch or the end; throws what went wrong when the batches before have been taken. */
    synchronized boolean hasNext() {
        while (batches.isEmpty() && !ended && !closed) {
            await();
        }
        if (batches.isEmpty() && failure != null && !closed) {
            rethrow(failure);
        }
        return !batches.isEmpty();
    }

    /** The next batch; null at the end. */
    synchronized @Nullable Batch take() {
        if (!hasNext()) {
            return null;
        }
        notifyAll();
        return batches.remove();
    }

    /** Says that no batch is wanted any more. */
    synchronized void close() {
        closed = true;
        batches.forEach(Batch::close);
        batches.clear();
        notifyAll();
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("prefetch: a thread that isn't interrupted is required. Received: an interrupt"
                    + " while waiting for a batch.", e);
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        throw failure instanceof RuntimeException ? (RuntimeException) failure : new IllegalStateException(failure);
    }
}
