package dev.keratin.data;

import dev.keratin.Tensor;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * Makes sequences of different lengths rows of one tensor: short ones are filled up, long ones are cut.
 *
 * <pre>{@code
 * Tensor x = new PadSequences().maxlen(20).padding("post").apply(new int[][] {{7, 3}, {5}});     // int32 [2, 20]
 * }</pre>
 *
 * @see <a href="https://keras.io/api/data_loading/timeseries/#pad_sequences-function">Keras: pad_sequences</a>
 */
public final class PadSequences {
    private int maxlen;
    private boolean padsEnd;
    private boolean cutsEnd;
    private double value;

    /** Pads to the length of the longest sequence, before the elements, with 0. */
    public PadSequences() {}

    /**
     * The length of all rows; by default that of the longest sequence.
     *
     * @throws IllegalArgumentException unless it is at least 1
     */
    public PadSequences maxlen(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("PadSequences: a maxlen of at least 1 is required. Received: " + length
                    + ". Leave it out for the length of the longest sequence.");
        }
        maxlen = length;
        return this;
    }

    /** Where short sequences are filled up: {@code "pre"}, the default, or {@code "post"}. */
    public PadSequences padding(String side) {
        padsEnd = isEnd("padding", side);
        return this;
    }

    /** Where long sequences are cut: {@code "pre"}, the default, or {@code "post"}. */
    public PadSequences truncating(String side) {
        cutsEnd = isEnd("truncating", side);
        return this;
    }

    /** What short sequences are filled up with; 0 by default. For integers its fraction is dropped. */
    public PadSequences value(double filling) {
        value = filling;
        return this;
    }

    private static boolean isEnd(String what, String side) {
        if (!side.equals("pre") && !side.equals("post")) {
            throw new IllegalArgumentException("PadSequences: \"pre\" or \"post\" is required as " + what + ". Received: \"" + side
                    + "\".");
        }
        return side.equals("post");
    }

    /** The rows as int32 [sequence, step]. */
    public Tensor apply(int[][] sequences) {
        int length = length(sequences);
        int[] rows = new int[sequences.length * length];
        Arrays.fill(rows, (int) value);
        copy(sequences, rows, length);
        return Tensor.of(rows, sequences.length, length);
    }

    /** The rows as float32 [sequence, step]. */
    public Tensor apply(float[][] sequences) {
        int length = length(sequences);
        float[] rows = new float[sequences.length * length];
        Arrays.fill(rows, (float) value);
        copy(sequences, rows, length);
        return Tensor.of(rows, sequences.length, length);
    }

    private int length(Object[] sequences) {
        return maxlen > 0 ? maxlen : Arrays.stream(sequences).mapToInt(Array::getLength).max().orElse(0);
    }

    private void copy(Object[] sequences, Object rows, int length) {
        for (int i = 0; i < sequences.length; i++) {
            int given = Array.getLength(sequences[i]);
            int kept = Math.min(given, length);
            System.arraycopy(sequences[i], cutsEnd ? 0 : given - kept, rows, i * length + (padsEnd ? 0 : length - kept), kept);
        }
    }
}
