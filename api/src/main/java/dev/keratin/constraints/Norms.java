package dev.keratin.constraints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Euclidean norms along some axes, and what they are wanted to be. */
final class Norms {
    private final int[] axes;

    /** Of the given axes; the first one if there are none. */
    Norms(int... axes) {
        this.axes = axes.length == 0 ? new int[] {0} : axes.clone();
    }

    static int[] axes(JsonNode config) {
        return Json.integers(config, "axis").stream().mapToInt(Integer::intValue).toArray();
    }

    /** The weight stretched so that each norm is as wanted. */
    Tensor rescale(Tensor w, UnaryOperator<Tensor> wanted) {
        Tensor norms = Ops.sqrt(Ops.sum(Ops.square(w), axes, true));
        return Ops.multiply(w, Ops.divide(wanted.apply(norms), Ops.add(norms, Configuration.epsilon())));
    }

    /** A number, or an array of several. */
    JsonNode config() {
        List<Integer> all = Arrays.stream(axes).boxed().toList();
        return all.size() == 1 ? Json.MAPPER.getNodeFactory().numberNode(axes[0]) : Json.array(all);
    }
}
