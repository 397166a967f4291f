package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Normally distributed elements. */
public final class RandomNormal extends RandomInitializer<RandomNormal> {
    private final double mean;
    private final double stddev;

    /** Mean 0, standard deviation 0.05. */
    public RandomNormal() {
        this(0.0, 0.05);
    }

    /** The given mean and standard deviation. */
    public RandomNormal(double mean, double stddev) {
        this(mean, stddev, null);
    }

    private RandomNormal(double mean, double stddev, @Nullable Long seed) {
        super(seed);
        this.mean = mean;
        this.stddev = stddev;
    }

    static RandomNormal from(ObjectNode config) {
        return new RandomNormal(Json.number(config, "mean", 0.0), Json.number(config, "stddev", 0.05), seed(config));
    }

    @Override
    RandomNormal self() {
        return this;
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        RandomStream stream = stream();
        return Fill.with(shape, dtype, index -> mean + stddev * stream.normal(index));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("mean", mean).put("stddev", stddev);
    }
}
