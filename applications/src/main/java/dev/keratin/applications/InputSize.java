package dev.keratin.applications;

import dev.keratin.backend.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which images an architecture takes.
 *
 * @param standard height and width where none are asked for
 * @param least the smallest height and width that are left something of by the strides
 * @param any when the size may be left open, and is unless asked for
 */
record InputSize(int standard, int least, Any any) {
    /** When the size of images may be left open. */
    enum Any { WITHOUT_TOP, ALWAYS, NEVER }

    InputSize(int standard, int least) {
        this(standard, least, Any.WITHOUT_TOP);
    }

    /** The shape of an image; checks what was asked for. */
    long[] shape(String who, long @Nullable [] asked, boolean includeTop) {
        boolean open = any == Any.ALWAYS || any == Any.WITHOUT_TOP && !includeTop;
        if (asked == null) {
            long length = open ? Shape.UNKNOWN : standard;
            return new long[] {length, length, 3};
        }
        require(who, asked, open);
        return asked;
    }

    private void require(String who, long[] asked, boolean open) {
        for (int i = 0; i < 2; i++) {
            boolean unknown = asked[i] == Shape.UNKNOWN;
            if (unknown ? !open : asked[i] < least) {
                throw new IllegalArgumentException(who + ": images of at least " + least + " x " + least
                        + (open ? "" : any == Any.NEVER ? ", of a known size," : ", of a known size with includeTop,")
                        + " are required. Received: inputShape=" + Arrays.toString(asked) + ". Resize them"
                        + (unknown && any != Any.NEVER ? ", or leave the top out" : "") + ".");
            }
        }
    }
}
