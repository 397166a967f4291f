package dev.keratin.data;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.Arrays;

/** What is done to data before it is fed to a model: some functions of {@code keras.utils}. */
public final class DataPreparation {
    /** At which end sequences are filled up or cut. */
    public enum End {
        /** At the beginning. */
        PRE,
        /** At the end. */
        POST
    }

    private DataPreparation() {}

    /**
     * Class numbers as rows with a 1 in the place of the class and 0 elsewhere.
     *
     * @param classes whole numbers from 0; a last axis of length 1 is dropped
     * @param numClasses how many classes there are
     * @return floatx, one axis more
     */
    public static Tensor toCategorical(Tensor classes, int numClasses) {
        boolean column = classes.rank() > 1 && classes.shape().dim(-1) == 1;
        Tensor numbers = column ? Ops.squeeze(classes, -1) : classes;
        return Ops.oneHot(Ops.cast(numbers, DType.INT64), numClasses, -1, Configuration.floatx());
    }

    /** {@link #toCategorical(Tensor, int)} with one more class than the largest number there is. */
    public static Tensor toCategorical(Tensor classes) {
        return toCategorical(classes, 1 + Arrays.stream(classes.toIntArray()).max().orElse(-1));
    }

    /** {@link #padSequences(int[][], int, End, End, int)} to the longest one, with zeros before. */
    public static Tensor padSequences(int[][] sequences) {
        return padSequences(sequences, Arrays.stream(sequences).mapToInt(each -> each.length).max().orElse(0));
    }

    /** {@link #padSequences(int[][], int, End, End, int)} with zeros before, cut before. */
    public static Tensor padSequences(int[][] sequences, int maxlen) {
        return padSequences(sequences, maxlen, End.PRE, End.PRE, 0);
    }

    /**
     * Sequences brought to one length.
     *
     * @param sequences of any lengths
     * @param maxlen the common length
     * @param padding where shorter ones are filled up
     * @param truncating where longer ones are cut
     * @param value what they are filled up with
     * @return int32 [sequence, maxlen]
     */
    public static Tensor padSequences(int[][] sequences, int maxlen, End padding, End truncating, int value) {
        int[] all = new int[sequences.length * maxlen];
        Arrays.fill(all, value);
        for (int i = 0; i < sequences.length; i++) {
            int length = Math.min(maxlen, sequences[i].length);
            int from = truncating == End.PRE ? sequences[i].length - length : 0;
            int to = padding == End.PRE ? maxlen - length : 0;
            System.arraycopy(sequences[i], from, all, i * maxlen + to, length);
        }
        return Tensor.of(all, sequences.length, maxlen);
    }

    /**
     * {@code x} divided by its norm along an axis; zeros stay zeros.
     *
     * @param order of the norm: 2 for Euclid's, 1 for the sum of sizes, infinity for the largest size
     */
    public static Tensor normalize(Tensor x, int axis, double order) {
        Tensor norm = Ops.norm(x, order, new int[] {axis}, true);
        return Ops.divide(x, Ops.where(Ops.equal(norm, 0), 1, norm));
    }

    /** {@link #normalize(Tensor, int, double)} along the last axis with Euclid's norm. */
    public static Tensor normalize(Tensor x) {
        return normalize(x, -1, 2);
    }
}
