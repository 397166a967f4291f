package dev.keratin.regularizers;

/** Factors of penalties. */
final class Factor {
    private Factor() {}

    static double checked(String who, String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(who + ": " + name + " of at least 0 is required. Received: " + value + ".");
        }
        return value;
    }
}
