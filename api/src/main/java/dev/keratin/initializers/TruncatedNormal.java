package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Normally distributed elements, given that they are no further than two standard deviations from the mean. */
public final class TruncatedNormal extends RandomInitializer<TruncatedNormal> {
    private final double mean;
    private final double stddev;

    /** Mean 0, standard deviation 0.05 before the tails are cut. */
    public TruncatedNormal() {
        this(0.0, 0.05);
    }

    /** The given mean and standard deviation before the tails are cut. */
    public TruncatedNormal(double mean, double stddev) {
        this(mean, stddev, null);
    }

    private TruncatedNormal(double mean, double stddev, @Nullable Long seed) {
        super(seed);
        this.mean = mean;
        this.stddev = stddev;
    }

    static TruncatedNormal from(ObjectNode config) {
        return new TruncatedNormal(Json.number(config, "mean", 0.0), Json.number(config, "stddev", 0.05), seed(config));
    }

    @Override
    TruncatedNormal self() {
        return this;
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        RandomStream stream = stream();
        return Fill.with(shape, dtype, index -> mean + stddev * stream.truncatedNormal(index));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("mean", mean).put("stddev", stddev);
    }
}
