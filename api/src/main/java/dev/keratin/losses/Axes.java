package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.Arrays;

/** The argument {@code axis} of several axes; null stands for all. */
final class Axes {
    private Axes() {}

    static int[] from(ObjectNode config) {
        return Json.integers(config, "axis").stream().mapToInt(Integer::intValue).toArray();
    }

    static ObjectNode addTo(ObjectNode config, int[] axes) {
        config.set("axis", axes.length == 0 ? null : Json.array(Arrays.stream(axes).boxed().toList()));
        return config;
    }
}
