package dev.keratin.optimizers.schedules;

/** Checks that schedules share. */
final class Requirements {
    private Requirements() {}

    static long positive(String who, String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(who + ": " + what + " above 0 are required. Received: " + value + ".");
        }
        return value;
    }
}
