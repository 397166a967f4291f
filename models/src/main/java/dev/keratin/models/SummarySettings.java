package dev.keratin.models;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the options of one call of summary add up to. */
public final class SummarySettings {
    private static final double[] PLAIN = {0.45, 0.8, 1};
    private static final double[] CONNECTED = {0.3, 0.56, 0.74, 1};
    /** The part of the line that is left to the other columns beside that of trainable layers. */
    private static final double BESIDE_TRAINABLE = 0.9;
    private static final int LEAST_WIDTH = 4;

    int lineLength = 76;
    double @Nullable [] positions;
    boolean expandNested;
    boolean showTrainable;
    @Nullable List<Pattern> layerRange;

    private SummarySettings() {}

    static SummarySettings of(SummaryOption... options) {
        SummarySettings settings = new SummarySettings();
        for (SummaryOption option : options) {
            option.applyTo(settings);
        }
        return settings;
    }

    /**
     * The widths of the columns.
     *
     * @throws IllegalArgumentException if the positions are not as many as the columns, or a column is narrower than four
     */
    int[] widths(boolean connections) {
        double[] given = positions;
        double[] usual = connections ? CONNECTED : PLAIN;
        double[] ends = given == null ? usual : given;
        if (ends.length != usual.length) {
            throw new IllegalArgumentException("summary: positions of " + usual.length + " columns are required for this model."
                    + " Received: " + Arrays.toString(ends) + ". The usual ones are " + Arrays.toString(usual) + ".");
        }
        if (showTrainable) {
            ends = Arrays.copyOf(Arrays.stream(ends).map(end -> end * BESIDE_TRAINABLE).toArray(), ends.length + 1);
            ends[ends.length - 1] = 1;
        }
        int[] columns = Arrays.stream(ends).mapToInt(end -> (int) (end * lineLength)).toArray();
        int[] widths = IntStream.range(0, columns.length).map(i -> columns[i] - (i == 0 ? 0 : columns[i - 1])).toArray();
        if (Arrays.stream(widths).anyMatch(width -> width < LEAST_WIDTH)) {
            throw new IllegalArgumentException("summary: columns of at least " + LEAST_WIDTH + " characters are required."
                    + " Received: " + Arrays.toString(widths) + " from positions " + Arrays.toString(ends) + " and lineLength("
                    + lineLength + "). Give a greater lineLength, or positions further apart.");
        }
        return widths;
    }
}
