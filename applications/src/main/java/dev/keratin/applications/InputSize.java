package dev.keratin.applications;

import dev.keratin.backend.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which images an architecture takes.
 *
 * @param standard height and width where none are asked for
 * @param least the smallest height and width that are left something of by the strides
 */
record InputSize(int standard, int least) {
    /** The shape of an image; checks what was asked for. */
    long[] shape(String who, long @Nullable [] asked, boolean includeTop) {
        if (asked == null) {
            return includeTop ? new long[] {standard, standard, 3} : new long[] {Shape.UNKNOWN, Shape.UNKNOWN, 3};
        }
        require(who, asked, includeTop);
        return asked;
    }

    private void require(String who, long[] asked, boolean includeTop) {
        for (int i = 0; i < 2; i++) {
            boolean unknown = asked[i] == Shape.UNKNOWN;
            if (unknown ? includeTop : asked[i] < least) {
                throw new IllegalArgumentException(who + ": images of at least " + least + " x " + least
                        + (includeTop ? ", of a known size with includeTop," : "") + " are required. Received: inputShape="
                        + Arrays.toString(asked) + ". Resize them" + (unknown ? ", or leave the top out" : "") + ".");
            }
        }
    }
}
