package dev.keratin.activations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * The rectified linear unit with all arguments: {@code x} from the threshold on, at most {@code maxValue}, and
 * {@code negativeSlope * (x - threshold)} below it.
 *
 * @param negativeSlope the slope below the threshold
 * @param maxValue the highest value; null for none
 * @param threshold where it begins
 */
record Rectifier(double negativeSlope, @Nullable Double maxValue, double threshold) {
    static Rectifier from(JsonNode config) {
        return new Rectifier(Json.number(config, "negative_slope", 0.0), Json.number(config, "max_value"),
                Json.number(config, "threshold", 0.0));
    }

    Tensor call(Tensor x) {
        if (negativeSlope != 0 && maxValue == null && threshold == 0) {
            return Ops.leakyRelu(x, negativeSlope);
        }
        Tensor positive = capped(threshold == 0 ? Ops.relu(x) : Ops.where(Ops.greater(x, threshold), x, 0.0));
        if (negativeSlope == 0) {
            return positive;
        }
        return Ops.subtract(positive, Ops.multiply(Ops.relu(Ops.subtract(threshold, x)), negativeSlope));
    }

    private Tensor capped(Tensor positive) {
        return maxValue == null ? positive : Ops.clip(positive, 0.0, maxValue);
    }
}
