package dev.keratin.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which known names an unknown one may have been meant for. */
public final class NearMisses {
    private static final int MOST = 3;
    /** More names than this are not read through. */
    private static final int LONG_LIST = 30;

    private NearMisses() {}

    /** {@code Did you mean "relu"?}; when nothing is near, all names, or the three nearest of a long list. */
    public static String hint(String unknown, Collection<String> known) {
        List<String> nearest = known.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(unknown, name)).thenComparing(name -> name))
                .limit(MOST).toList();
        List<String> near = nearest.stream()
                .filter(name -> distance(unknown, name) <= Math.max(2, unknown.length() / 3)).toList();
        if (!near.isEmpty()) {
            return "Did you mean " + quoted(near, " or ") + "?";
        } else if (known.size() > LONG_LIST) {
            return "The nearest of " + known.size() + " are " + quoted(nearest, ", ") + ".";
        }
        return "Known: " + known.stream().sorted().map(name -> '"' + name + '"').collect(Collectors.joining(", ")) + ".";
    }

    private static String quoted(List<String> names, String between) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(between));
    }

    /** Levenshtein's distance without regard to case and underscores. */
    static int distance(String a, String b) {
        String left = plain(a);
        String right = plain(b);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replace = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
