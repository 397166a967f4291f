package dev.keratin.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as text, with lines between the rows and words wrapped within the columns; what does not fit ends in "…". Laid
 * out as Python's rich does it, which Keras prints with.
 */
final class TextTable {
    /** Where the text of a column stands. */
    enum Alignment { LEFT, RIGHT, CENTER }

    /** The blank on each side of a cell. */
    private static final int PADDING = 2;

    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");

    private final List<Alignment> alignments;
    private final int[] widths;
    private final StringBuilder text = new StringBuilder();

    /**
     * An empty table.
     *
     * @param lineLength of the table with its borders
     * @param wanted widths of the columns without borders and padding; the table takes or gives what is missing or left
     */
    TextTable(int lineLength, int[] wanted, List<Alignment> alignments) {
        this.alignments = alignments;
        widths = fitted(lineLength - wanted.length - 1, wanted);
    }

    private static int[] fitted(int available, int[] wanted) {
        int[] padded = Arrays.stream(wanted).map(width -> Math.min(width + PADDING, available)).toArray();
        int excess = Arrays.stream(padded).sum() - available;
        return excess > 0 ? reduced(padded, excess) : widened(padded, -excess);
    }

    private static int[] reduced(int[] widths, int excess) {
        int[] result = widths.clone();
        int left = excess;
        for (int i = 0; i < result.length; i++) {
            int taken = Math.min(result[i], (int) Math.rint((double) left / (result.length - i)));
            result[i] -= taken;
            left -= taken;
        }
        return result;
    }

    private static int[] widened(int[] widths, int missing) {
        int[] result = widths.clone();
        int ratios = Arrays.stream(widths).sum();
        int left = missing;
        for (int i = 0; i < result.length; i++) {
            int given = (int) Math.ceil((double) widths[i] * left / ratios);
            result[i] += given;
            left -= given;
            ratios -= widths[i];
        }
        return result;
    }

    /** Begins the table. */
    void header(List<String> cells) {
        rule("┏", "┳", "┓", "━");
        cells("┃", cells);
        rule("┡", "╇", "┩", "━");
    }

    /** Adds the rows and ends the table. */
    void rows(List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                rule("├", "┼", "┤", "─");
            }
            cells("│", rows.get(i));
        }
        rule("└", "┴", "┘", "─");
    }

    private void cells(String bar, List<String> cells) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            wrapped.add(wrap(cells.get(column), widths[column] - PADDING));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < height; line++) {
            for (int column = 0; column < widths.length; column++) {
                List<String> lines = wrapped.get(column);
                text.append(bar).append(' ').append(placed(line < lines.size() ? lines.get(line) : "", column)).append(' ');
            }
            text.append(bar).append('\n');
        }
    }

    private String placed(String line, int column) {
        int width = widths[column] - PADDING;
        String cut = line.length() > width ? line.substring(0, Math.max(0, width - 1)) + "…" : line;
        int blank = Math.max(0, width - cut.length());
        int before = switch (alignments.get(column)) {
            case LEFT -> 0;
            case RIGHT -> blank;
            case CENTER -> blank / 2;
        };
        return " ".repeat(before) + cut + " ".repeat(blank - before);
    }

    /** The lines of a text; a word that is wider than a line has one of its own. */
    private static List<String> wrap(String words, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Matcher word = WORD.matcher(words); word.find();) {
            if (line.length() > 0 && line.length() + word.group().stripTrailing().length() > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word.group());
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private void rule(String left, String cross, String right, String line) {
        text.append(left);
        for (int column = 0; column < widths.length; column++) {
            text.append(column == 0 ? "" : cross).append(line.repeat(widths[column]));
        }
        text.append(right).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
