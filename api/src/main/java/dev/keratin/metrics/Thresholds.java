package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Configuration;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What predictions have to be above to count as positive, in ascending order.
 *
 * @param values the thresholds
 * @param evenlySpaced whether they divide [0, 1] into equal parts, but for margins of epsilon at both ends
 */
record Thresholds(double[] values, boolean evenlySpaced) {
    private static final double RELATIVE_TOLERANCE = 1e-5;

    /** Any from 0 to 1. */
    static Thresholds given(String who, double... values) {
        for (double value : values) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(who + ": thresholds from 0 to 1 are required. Received: "
                        + Arrays.toString(values) + ".");
            }
        }
        return new Thresholds(values.clone(), isEven(values));
    }

    /** The only one, whatever it is. */
    static Thresholds single(double value) {
        return new Thresholds(new double[] {value}, false);
    }

    /** As many as are wanted from 0 to 1; 0.5 if there is only one. */
    static Thresholds spaced(String who, int count, int least) {
        if (count < least) {
            throw new IllegalArgumentException(who + ": numThresholds of at least " + least + " is required. Received: "
                    + count + ".");
        }
        return count == 1 ? single(0.5)
                : new Thresholds(IntStream.range(0, count).mapToDouble(i -> i / (count - 1.0)).toArray(), count > 2);
    }

    /** These between 0 and 1. */
    static Thresholds between(String who, double... inner) {
        double[] all = DoubleStream.concat(DoubleStream.concat(DoubleStream.of(0), Arrays.stream(inner).sorted()),
                DoubleStream.of(1)).toArray();
        return given(who, all);
    }

    /** The first one lower and the last one higher by epsilon, so that 0 counts as positive and 1 as negative once. */
    Thresholds withMargins() {
        double[] wider = values.clone();
        wider[0] -= Configuration.epsilon();
        wider[wider.length - 1] += Configuration.epsilon();
        return new Thresholds(wider, evenlySpaced);
    }

    boolean hasMargins() {
        return values[0] < 0;
    }

    int count() {
        return values.length;
    }

    private static boolean isEven(double[] values) {
        return values.length >= 3 && IntStream.range(0, values.length).allMatch(i -> {
            double even = i / (values.length - 1.0);
            return Math.abs(values[i] - even) <= Configuration.epsilon() + RELATIVE_TOLERANCE * even;
        });
    }

    /** The argument {@code thresholds} of a configuration: a number or several; none if absent. */
    static double[] from(JsonNode config) {
        JsonNode given = config.path("thresholds");
        List<Double> values = new ArrayList<>();
        if (given.isNumber()) {
            values.add(given.asDouble());
        } else {
            given.forEach(each -> values.add(each.asDouble()));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** {@link #from} backwards. */
    static JsonNode toJson(double... values) {
        return values.length == 0 ? Json.MAPPER.nullNode() : values.length == 1
                ? Json.MAPPER.getNodeFactory().numberNode(values[0]) : Json.MAPPER.valueToTree(values);
    }
}
