package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;

/**
 * One axis or several; configurations tell {@code -1} from {@code [-1]}.
 *
 * @param axes negative ones count from the end
 * @param listed whether configurations hold a list
 */
record AxisChoice(List<Integer> axes, boolean listed) {
    static final AxisChoice LAST = new AxisChoice(List.of(-1), false);

    static AxisChoice of(int... axes) {
        return new AxisChoice(Arrays.stream(axes).boxed().toList(), axes.length != 1);
    }

    static AxisChoice read(ObjectNode config) {
        List<Integer> axes = Json.integers(config, "axis");
        return axes.isEmpty() ? LAST : new AxisChoice(axes, config.get("axis").isArray());
    }

    /** The axes in rising order, as Keras lists them once a layer is built. */
    AxisChoice sorted() {
        return new AxisChoice(axes.stream().sorted().toList(), true);
    }

    /** Numbers for these axes in a shape that stretches to an input's. */
    Tensor along(Tensor values, Shape input) {
        long[] dims = new long[input.rank()];
        Arrays.fill(dims, 1);
        axes.forEach(axis -> dims[input.normalizeAxis(axis)] = input.dim(axis));
        return Ops.reshape(values, dims);
    }

    int[] toArray() {
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    JsonNode json() {
        return listed ? Json.array(axes) : IntNode.valueOf(axes.get(0));
    }
}
