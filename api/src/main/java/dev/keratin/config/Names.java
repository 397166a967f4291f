package dev.keratin.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Automatic names: the class name in snake case with a number from the second use on, as Keras gives them. */
public final class Names {
    private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
    private static final Pattern CAPITAL = Pattern.compile("([a-z])([A-Z])");
    private static final Map<String, Integer> USES = new HashMap<>();

    private Names() {}

    /** Keras's rule: {@code Conv2DTranspose} gives {@code conv2d_transpose}. */
    public static String snakeCase(String className) {
        String plain = className.replaceAll("\\W", "");
        String words = WORD.matcher(plain).replaceAll("$1_$2");
        return CAPITAL.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }

    /** The base itself at its first use in this process, then {@code base_1}, {@code base_2}. */
    public static synchronized String unique(String base) {
        int uses = USES.merge(base, 1, Integer::sum);
        return uses == 1 ? base : base + "_" + (uses - 1);
    }

    /** Starts counting anew, as {@code keras.utils.clear_session()} does. */
    public static synchronized void reset() {
        USES.clear();
    }
}
