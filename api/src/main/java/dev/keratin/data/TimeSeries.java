package dev.keratin.data;

import dev.keratin.Tensor;
import dev.keratin.random.GlobalSeed;
import java.util.List;
import java.util.Optional;

/**
 * Windows of a series of measurements, as batches: {@code x} is [window, step, features...], and where there are targets
 * {@code y} holds the one at the position at which a window begins. Windows are cut out when their batch is made.
 *
 * <pre>{@code
 * // the next value after each ten
 * Dataset windows = new TimeSeries(values, 10).targets(Ops.getItem(values, "10:")).batchSize(32).dataset();
 * }</pre>
 *
 * @see <a href="https://keras.io/api/data_loading/timeseries/">Keras: timeseries_dataset_from_array</a>
 */
public final class TimeSeries {
    private static final int DEFAULT_BATCH = 128;

    private final Tensor data;
    private final int sequenceLength;
    private Optional<Tensor> targets = Optional.empty();
    private int sequenceStride = 1;
    private int samplingRate = 1;
    private int batchSize = DEFAULT_BATCH;
    private boolean shuffle;
    private Optional<Long> seed = Optional.empty();
    private int startIndex;
    private int endIndex;

    /**
     * Windows of a length.
     *
     * @param data the measurements, [time, features...]; stays the caller's and must stay open
     * @param sequenceLength how many measurements a window has; at least 1
     */
    public TimeSeries(Tensor data, int sequenceLength) {
        if (data.rank() == 0) {
            throw new IllegalArgumentException("TimeSeries: data with an axis of time is required. Received: " + data.type() + ".");
        }
        this.data = data;
        this.sequenceLength = within("sequenceLength", 1, length(), sequenceLength);
        this.endIndex = length();
    }

    /** One target for each position at which a window may begin; none by default. Stays the caller's and must stay open. */
    public TimeSeries targets(Tensor newTargets) {
        targets = Optional.of(newTargets);
        return this;
    }

    /** How far the beginnings of neighbouring windows are apart; 1 by default. */
    public TimeSeries sequenceStride(int stride) {
        sequenceStride = within("sequenceStride", 1, length() - 1, stride);
        return this;
    }

    /** How far neighbouring steps within a window are apart; 1 by default. */
    public TimeSeries samplingRate(int rate) {
        samplingRate = within("samplingRate", 1, length() - 1, rate);
        return this;
    }

    /** Windows per batch; 128 by default. The last batch may have fewer. */
    public TimeSeries batchSize(int size) {
        batchSize = within("batchSize", 1, Integer.MAX_VALUE, size);
        return this;
    }

    /** Whether windows come in another order in each pass; false by default: in that of time. */
    public TimeSeries shuffle(boolean shuffles) {
        shuffle = shuffles;
        return this;
    }

    /** What the orders of {@link #shuffle} depend on; by default the global seed. */
    public TimeSeries seed(long newSeed) {
        seed = Optional.of(newSeed);
        return this;
    }

    /** The first measurement that is used; 0 by default. */
    public TimeSeries startIndex(int index) {
        startIndex = within("startIndex", 0, length() - 1, index);
        return this;
    }

    /** The first measurement that is not used any more; by default there is none. */
    public TimeSeries endIndex(int index) {
        endIndex = within("endIndex", 1, length() - 1, index);
        return this;
    }

    /**
     * The windows.
     *
     * @throws IllegalArgumentException if there is room for none, or there are fewer targets than positions
     */
    public Dataset dataset() {
        int windows = endIndex - startIndex - (sequenceLength - 1) * samplingRate;
        if (targets.isPresent()) {
            windows = Math.min(windows, Math.toIntExact(targets.get().shape().dim(0)));
            if (startIndex + (windows - 1) / sequenceStride * sequenceStride >= targets.get().shape().dim(0)) {
                throw new IllegalArgumentException("TimeSeries: a target for each position from startIndex is required. Received: "
                        + targets.get().type() + " for " + windows + " positions from " + startIndex
                        + ". Targets are counted from the first measurement, not from startIndex.");
            }
        }
        if (windows < 1) {
            throw new IllegalArgumentException("TimeSeries: room for one window is required. Received: measurements " + startIndex
                    + " to " + endIndex + " for " + sequenceLength + " steps, " + samplingRate + " apart. Take shorter windows.");
        }
        int count = (windows + sequenceStride - 1) / sequenceStride;
        TensorRows starts = positions(count);
        Optional<Long> order = shuffle ? Optional.of(seed.orElseGet(GlobalSeed::next)) : Optional.empty();
        return new WindowsOfTime(order.map(starts::shuffle).orElse(starts).batch(batchSize), data, targets, offsets());
    }

    private TensorRows positions(int count) {
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = startIndex + i * sequenceStride;
        }
        return new TensorRows(new Batch(List.of(Tensor.of(starts, count)), List.of(), List.of()));
    }

    private int[] offsets() {
        int[] offsets = new int[sequenceLength];
        for (int i = 0; i < sequenceLength; i++) {
            offsets[i] = i * samplingRate;
        }
        return offsets;
    }

    private int length() {
        return Math.toIntExact(data.shape().dim(0));
    }

    private int within(String what, int least, int most, int given) {
        if (given < least || given > most) {
            throw new IllegalArgumentException("TimeSeries: a " + what + " from " + least + " to " + most + " is required for "
                    + length() + " measurements. Received: " + given + ".");
        }
        return given;
    }
}
