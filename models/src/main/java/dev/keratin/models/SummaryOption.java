package dev.keratin.models;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One argument of {@code summary} that Keras takes by keyword; several are given in a row:
 * {@code model.summary(expandNested(), showTrainable())}.
 *
 * @see <a href="https://keras.io/api/models/model/#summary-method">Keras: Model.summary</a>
 */
@FunctionalInterface
public interface SummaryOption {
    /** Sets the argument. */
    void applyTo(SummarySettings settings);

    /** Characters per line; 76 by default, which is what Keras uses in a terminal of 80. */
    static SummaryOption lineLength(int characters) {
        return settings -> settings.lineLength = characters;
    }

    /**
     * Where each column ends, as parts of the line; 0.45, 0.8, 1 by default, and 0.3, 0.56, 0.74, 1 where there is a column
     * of connections. The column that {@link #showTrainable} adds has no number here.
     */
    static SummaryOption positions(double... positions) {
        double[] copy = positions.clone();
        return settings -> settings.positions = copy;
    }

    /** Lists the layers of models within the model, too. */
    static SummaryOption expandNested() {
        return settings -> settings.expandNested = true;
    }

    /** Adds a column that says which layers with weights are trained. */
    static SummaryOption showTrainable() {
        return settings -> settings.showTrainable = true;
    }

    /**
     * Lists a part of the layers only: from the first whose name begins with a match of one regular expression to the last
     * with one of the other. What stands below the table counts the whole model.
     *
     * @throws java.util.regex.PatternSyntaxException if one is no regular expression
     */
    static SummaryOption layerRange(String first, String last) {
        List<Pattern> range = List.of(Pattern.compile(first), Pattern.compile(last));
        return settings -> settings.layerRange = range;
    }
}
