package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A learning rate that jumps: {@code values[0]} up to and including step {@code boundaries[0]}, {@code values[1]} up to
 * and including {@code boundaries[1]}, and so on; the last value after the last boundary.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/">Keras:
 *     PiecewiseConstantDecay</a>
 */
public final class PiecewiseConstantDecay implements LearningRateSchedule {
    private static final String DEFAULT_NAME = "PiecewiseConstant";

    private final List<Long> boundaries;
    private final List<Double> values;
    private String name = DEFAULT_NAME;

    /**
     * Jumps after some steps.
     *
     * @param boundaries numbers of steps, increasing
     * @param values learning rates, one more than boundaries
     */
    public PiecewiseConstantDecay(List<Long> boundaries, List<Double> values) {
        this.boundaries = List.copyOf(boundaries);
        this.values = List.copyOf(values);
        if (boundaries.size() != values.size() - 1) {
            throw new IllegalArgumentException("PiecewiseConstantDecay: one more value than boundaries is required."
                    + " Received: boundaries=" + boundaries + ", values=" + values + ".");
        }
    }

    static PiecewiseConstantDecay from(ObjectNode config) {
        List<Long> boundaries = new ArrayList<>();
        config.get("boundaries").forEach(each -> boundaries.add(each.asLong()));
        List<Double> values = new ArrayList<>();
        config.get("values").forEach(each -> values.add(each.asDouble()));
        return new PiecewiseConstantDecay(boundaries, values).name(Json.text(config, "name", DEFAULT_NAME));
    }

    /** What it is called in files. Default: PiecewiseConstant. */
    public PiecewiseConstantDecay name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public Tensor call(Tensor step) {
        Tensor number = Ops.cast(step, DType.INT64);
        Tensor value = Ops.full(Shape.scalar(), values.get(values.size() - 1), Configuration.floatx());
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            value = Ops.where(Ops.lessEqual(number, boundaries.get(i)), values.get(i), value);
        }
        return value;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        config.set("boundaries", Json.array(boundaries));
        ArrayNode numbers = config.putArray("values");
        values.forEach(numbers::add);
        return config.put("name", name);
    }
}
