package dev.keratin.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which known names an unknown one may have been meant for. */
public final class NearMisses {
    private static final int MOST = 3;

    private NearMisses() {}

    /** {@code Did you mean "relu"?}, followed by all names when nothing is near. */
    public static String hint(String unknown, Collection<String> known) {
        List<String> near = known.stream()
                .filter(name -> distance(unknown, name) <= Math.max(2, unknown.length() / 3))
                .sorted(Comparator.comparingInt((String name) -> distance(unknown, name)).thenComparing(name -> name))
                .limit(MOST).map(name -> '"' + name + '"').toList();
        if (!near.isEmpty()) {
            return "Did you mean " + String.join(" or ", near) + "?";
        }
        return "Known: " + known.stream().sorted().map(name -> '"' + name + '"').collect(Collectors.joining(", ")) + ".";
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
