package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;

/** Numbers for each spatial axis, where one number may stand for all. */
final class Sizes {
    private Sizes() {}

    /**
     * One number for each axis.
     *
     * @param what the layer's class and the setting, for messages
     * @param given one number, or one for each axis
     * @param least the smallest number allowed
     */
    static int[] each(String what, int rank, int least, int... given) {
        if (given.length != 1 && given.length != rank || Arrays.stream(given).anyMatch(size -> size < least)) {
            throw new IllegalArgumentException(what + ": one number or " + rank + ", each " + least
                    + " or more, are required. Received: " + Arrays.toString(given) + ". Give one for all axes or one for each.");
        }
        int[] sizes = Arrays.copyOf(given, rank);
        if (given.length == 1) {
            Arrays.fill(sizes, given[0]);
        }
        return sizes;
    }

    /** The numbers under a key; those of {@code otherwise} if there are none. */
    static int[] read(ObjectNode config, String key, int... otherwise) {
        List<Integer> numbers = Json.integers(config, key);
        return numbers.isEmpty() ? otherwise : numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    static ArrayNode json(int[] sizes) {
        return Json.array(Arrays.stream(sizes).boxed().toList());
    }
}
