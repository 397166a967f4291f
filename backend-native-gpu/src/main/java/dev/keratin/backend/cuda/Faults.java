package dev.keratin.backend.cuda;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns status codes into exceptions. An error of the device itself is reported once, with the work it came from; from then
 * on every use of the device fails at once.
 */
final class Faults {
    /** System property: waits after each step, so that an error is met in the step that caused it. */
    static final String SYNCHRONOUS = "keratin.cuda.synchronous";

    private static final String NOTHING = "no work";

    private String step = NOTHING;
    private int steps;
    private @Nullable String broken;
    private IntSupplier device = () -> Status.OK;

    /** What the device itself says from now on, which is asked when a call of a library has failed. */
    void ask(IntSupplier device) {
        this.device = device;
    }

    /** What the work that follows belongs to. */
    void mark(String line) {
        step = line.strip();
        steps++;
    }

    /** What the latest work belongs to. */
    String latest() {
        return step;
    }

    /** All work asked for so far is done. */
    void settled() {
        steps = 0;
        step = NOTHING;
    }

    /** Whether the device has failed. */
    boolean isBroken() {
        return broken != null;
    }

    /**
     * Before any work.
     *
     * @throws IllegalStateException if the device has failed before
     */
    void requireWorking() {
        if (broken != null) {
            throw new IllegalStateException("cuda: a device without errors is required. Received: it failed before (" + broken
                    + "). Start the process again.");
        }
    }

    /**
     * After a call.
     *
     * @throws IllegalStateException if it failed
     */
    void check(int status, String call) {
        if (status != Status.OK) {
            throw failure(Status.text(status), call, Status.isSticky(status));
        }
    }

    /** After a call of a library, which has codes of its own that don't tell whether it was the device that failed. */
    void checkLibrary(int status, String text, String call) {
        if (status != Status.OK) {
            int ofDevice = device.getAsInt();
            check(Status.isSticky(ofDevice) ? ofDevice : Status.OK, call);
            throw failure(text + ", " + status, call, false);
        }
    }

    private IllegalStateException failure(String status, String call, boolean sticky) {
        String where = call + " in " + step + (steps > 1 ? " or one of the " + (steps - 1) + " steps before it" : "");
        if (sticky) {
            broken = status + " of " + where;
        }
        return new IllegalStateException("cuda: a call without error is required. Received: " + status + " of " + where + "."
                + (sticky ? " The device can't be used any more: start the process again"
                        + (steps > 1 ? ", with -D" + SYNCHRONOUS + "=true to see which step it was." : ".") : ""));
    }
}
