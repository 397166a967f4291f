package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Uniformly distributed elements. */
public final class RandomUniform extends RandomInitializer<RandomUniform> {
    private final double minval;
    private final double maxval;

    /** From -0.05 to 0.05. */
    public RandomUniform() {
        this(-0.05, 0.05);
    }

    /** From {@code minval} to {@code maxval}. */
    public RandomUniform(double minval, double maxval) {
        this(minval, maxval, null);
    }

    private RandomUniform(double minval, double maxval, @Nullable Long seed) {
        super(seed);
        this.minval = minval;
        this.maxval = maxval;
    }

    static RandomUniform from(ObjectNode config) {
        return new RandomUniform(Json.number(config, "minval", -0.05), Json.number(config, "maxval", 0.05), seed(config));
    }

    @Override
    RandomUniform self() {
        return this;
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        RandomStream stream = stream();
        return Fill.with(shape, dtype, index -> minval + (maxval - minval) * stream.uniform(index));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("minval", minval).put("maxval", maxval);
    }
}
