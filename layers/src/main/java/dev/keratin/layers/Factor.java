package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;

/**
 * Between which limits a random layer draws a number, all equally likely: what Keras takes as a number or as two. Immutable.
 */
public final class Factor {
    private final double lower;
    private final double upper;
    private final boolean single;

    private Factor(double lower, double upper, boolean single) {
        this.lower = lower;
        this.upper = upper;
        this.single = single;
    }

    /** Between minus and plus a number, whose sign does not count. */
    public static Factor upTo(double most) {
        return new Factor(-Math.abs(most), Math.abs(most), true);
    }

    /** Between two numbers, in any order. */
    public static Factor between(double one, double other) {
        return new Factor(Math.min(one, other), Math.max(one, other), false);
    }

    /** The least number. */
    public double lower() {
        return lower;
    }

    /** The greatest number. */
    public double upper() {
        return upper;
    }

    /** @throws IllegalArgumentException unless both limits are within others */
    Factor within(String who, double least, double most) {
        if (!(lower >= least && upper <= most)) {
            throw new IllegalArgumentException(who + ": a factor, or limits of one, from " + least + " to " + most
                    + " are required. Received: " + this + ". They are parts: divide percents by 100.");
        }
        return this;
    }

    static Factor read(JsonNode node) {
        return node.isArray() ? between(node.path(0).asDouble(), node.path(1).asDouble()) : upTo(node.asDouble());
    }

    /** A number or two, as it was given. */
    JsonNode json() {
        return single ? DoubleNode.valueOf(upper) : limits();
    }

    /** Both limits. */
    ArrayNode limits() {
        return Json.object().putArray("limits").add(lower).add(upper);
    }

    /** Random numbers between the limits, with another number added to each. */
    Tensor draw(Shape shape, double added, SeedGenerator source) {
        return Random.uniform(shape, added + lower, added + upper, DType.FLOAT32, source);
    }

    @Override
    public String toString() {
        return single ? String.valueOf(upper) : lower + " and " + upper;
    }
}
