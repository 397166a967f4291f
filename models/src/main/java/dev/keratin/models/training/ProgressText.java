package dev.keratin.models.training;

import java.util.Locale;
import java.util.Map;

/** The words of Keras's progress bar: counters, durations, metrics. Rounds half to even, as Python does. */
final class ProgressText {
    /** Where the plain notation of numbers ends. */
    private static final double SMALL = 1e-3;

    private ProgressText() {}

    /** {@code " 3/45"}: as wide as it will be at the end. */
    static String counter(long current, long target) {
        int digits = Long.toString(target).length();
        return String.format(Locale.ROOT, "%" + digits + "d/%d", current, target);
    }

    /** Hours, minutes and seconds, of which the fraction is cut off: {@code 1:02:03}, {@code 2:03}, {@code 3s}. */
    static String remaining(double seconds) {
        long whole = (long) seconds;
        if (seconds > 3600) {
            return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
        }
        return seconds > 60 ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60) : whole + "s";
    }

    /** Whole seconds, whatever they amount to. */
    static String elapsed(double seconds) {
        return rounded(seconds) + "s";
    }

    /** {@code 2s/step}, {@code 5ms/step} or {@code 700us/step}. */
    static String perStep(double seconds) {
        if (seconds >= 1 || seconds == 0) {
            return rounded(seconds) + "s/step";
        }
        return seconds >= 1e-3 ? rounded(seconds * 1e3) + "ms/step" : rounded(seconds * 1e6) + "us/step";
    }

    private static long rounded(double value) {
        return (long) Math.rint(value);
    }

    /**
     * {@code " - accuracy: 0.9812 - loss: 0.0512"}.
     *
     * @param signed whether negative numbers count as small ones, which Keras writes with an exponent in its short form
     */
    static String metrics(Map<String, Double> values, boolean signed) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(" - ").append(name).append(": ").append(number(value, signed ? value : Math.abs(value))));
        return text.toString();
    }

    private static String number(double value, double size) {
        if (Double.isNaN(value)) {
            return "nan";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return String.format(Locale.ROOT, size > SMALL ? "%.4f" : "%.4e", value);
    }
}
