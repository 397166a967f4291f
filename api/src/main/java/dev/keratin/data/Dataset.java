package dev.keratin.data;

import dev.keratin.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A series of batches that can be gone through any number of times. Immutable: each method returns a new data set.
 *
 * <pre>{@code
 * Dataset train = Dataset.fromTensors(x, y).shuffle(42).batch(32).map(augment).prefetch(2);
 * for (Batch batch : train) {
 *     try (batch) { ... }
 * }
 * }</pre>
 *
 * <p>Every batch belongs to whoever takes it from the iterator. Different passes may run at the same time; one pass
 * belongs to one thread.
 */
public abstract class Dataset implements Iterable<Batch> {
    /** The {@link #cardinality} of a data set that never ends. */
    public static final long INFINITE = -1;

    /** The {@link #cardinality} of a data set that can't tell before it has been gone through. */
    public static final long UNKNOWN = -2;

    /** For data sets of one's own. */
    protected Dataset() {}

    /** Begins a pass. */
    @Override
    public abstract BatchIterator iterator();

    /** The number of batches in one pass, {@link #INFINITE} or {@link #UNKNOWN}. */
    public long cardinality() {
        return UNKNOWN;
    }

    /** Rows without targets. The tensors stay the caller's and must stay open. */
    public static TensorRows fromTensors(Tensor x) {
        return fromTensors(List.of(x), List.of(), List.of());
    }

    /** Rows with targets. The tensors stay the caller's and must stay open. */
    public static TensorRows fromTensors(Tensor x, Tensor y) {
        return fromTensors(List.of(x), List.of(y), List.of());
    }

    /** Rows with targets and weights. The tensors stay the caller's and must stay open. */
    public static TensorRows fromTensors(Tensor x, Tensor y, Tensor sampleWeight) {
        return fromTensors(List.of(x), List.of(y), List.of(sampleWeight));
    }

    /**
     * Rows of several inputs, targets and weights; see {@link Batch}. The tensors stay the caller's and must stay open.
     *
     * @throws IllegalArgumentException if the first axes differ in length
     */
    public static TensorRows fromTensors(List<Tensor> x, List<Tensor> y, List<Tensor> sampleWeights) {
        return new TensorRows(new Batch(x, y, sampleWeights));
    }

    /**
     * Batches from anything that can be iterated over. Those of a {@link java.util.Collection} stay the caller's and must stay
     * open; any other makes its batches anew in each pass, and who takes one closes it.
     */
    public static Dataset of(Iterable<Batch> batches) {
        return batches instanceof Dataset ? (Dataset) batches : new IterableDataset(batches);
    }

    /** Batches that are made by number. */
    public static Dataset of(BatchSource source) {
        return new SourceDataset(source);
    }

    /**
     * Changes each batch. Tensors of the old batch that the new one doesn't use are closed, and so is what the function
     * computed on the way.
     */
    public Dataset map(UnaryOperator<Batch> function) {
        return new MappedDataset(this, function);
    }

    /** The first batches. */
    public Dataset take(long count) {
        return new WindowDataset(this, 0, requireNotNegative("take", count));
    }

    /** Without the first batches. */
    public Dataset skip(long count) {
        return new WindowDataset(this, requireNotNegative("skip", count), Long.MAX_VALUE);
    }

    /** One pass after the other, without end. */
    public Dataset repeat() {
        return new RepeatedDataset(this, Long.MAX_VALUE);
    }

    /** The given number of passes as one. */
    public Dataset repeat(long passes) {
        return new RepeatedDataset(this, requireNotNegative("repeat", passes));
    }

    /**
     * Makes batches ahead of their use on a background thread, which ends with the pass. What goes wrong there is thrown
     * where the batch would have been taken.
     *
     * @param batches how many may wait; at least 1
     */
    public Dataset prefetch(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException("prefetch: at least 1 batch is required. Received: " + batches + ".");
        }
        return new PrefetchedDataset(this, batches);
    }

    private static long requireNotNegative(String who, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(who + ": a count of at least 0 is required. Received: " + count + ".");
        }
        return count;
    }
}
