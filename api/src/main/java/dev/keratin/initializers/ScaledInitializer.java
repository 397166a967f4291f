package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Elements whose variance is {@code scale / fan}, with the fan of the mode.
 *
 * @param <T> the class itself
 */
abstract class ScaledInitializer<T extends ScaledInitializer<T>> extends RandomInitializer<T> {
    /** The standard deviation of a standard normal number that lies between -2 and 2. */
    private static final double TRUNCATED_STDDEV = 0.8796256610342398;

    private double scale;
    private String mode;
    private String distribution;
    private List<Integer> inputAxes = List.of();
    private List<Integer> outputAxes = List.of();

    ScaledInitializer(double scale, String mode, String distribution, @Nullable Long seed) {
        super(seed);
        this.scale = scale;
        this.mode = mode;
        this.distribution = distribution;
    }

    /** The axes of the weight that count as inputs; effective together with {@link #outputAxes}. */
    public final T inputAxes(int... axes) {
        inputAxes = Arrays.stream(axes).boxed().toList();
        return self();
    }

    /** The axes of the weight that count as outputs; effective together with {@link #inputAxes}. */
    public final T outputAxes(int... axes) {
        outputAxes = Arrays.stream(axes).boxed().toList();
        return self();
    }

    final void setScale(double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(className() + ": a scale above 0 is required. Received: " + value + ".");
        }
        scale = value;
    }

    final void setMode(String value) {
        mode = oneOf("mode", value, List.of("fan_in", "fan_out", "fan_avg"));
    }

    final void setDistribution(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        distribution = lower.equals("normal") ? "truncated_normal"
                : oneOf("distribution", lower, List.of("uniform", "truncated_normal", "untruncated_normal"));
    }

    final T configure(ObjectNode config) {
        inputAxes = Json.integers(config, "input_axes");
        outputAxes = Json.integers(config, "output_axes");
        return self();
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        double variance = scale / Math.max(1.0, fan(Fans.of(shape, inputAxes, outputAxes)));
        double stddev = Math.sqrt(variance);
        RandomStream stream = stream();
        return switch (distribution) {
            case "uniform" -> uniform(shape, dtype, Math.sqrt(3.0 * variance));
            case "truncated_normal" -> {
                double before = stddev / TRUNCATED_STDDEV;
                yield Fill.with(shape, dtype, index -> before * stream.truncatedNormal(index));
            }
            default -> Fill.with(shape, dtype, index -> stddev * stream.normal(index));
        };
    }

    private ByteBuffer uniform(Shape shape, DType dtype, double limit) {
        RandomStream stream = stream();
        return Fill.with(shape, dtype, index -> limit * (2.0 * stream.uniform(index) - 1.0));
    }

    private double fan(Fans fans) {
        return switch (mode) {
            case "fan_in" -> fans.in();
            case "fan_out" -> fans.out();
            default -> (fans.in() + fans.out()) / 2.0;
        };
    }

    /** {@code seed}, {@code input_axes}, {@code output_axes}. */
    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("input_axes", inputAxes.isEmpty() ? null : Json.array(inputAxes));
        config.set("output_axes", outputAxes.isEmpty() ? null : Json.array(outputAxes));
        return config;
    }

    /** Adds what the classes with a fixed rule leave out of their configuration. */
    final ObjectNode withRule(ObjectNode config) {
        return config.put("scale", scale).put("mode", mode).put("distribution", distribution);
    }

    private String oneOf(String argument, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(className() + ": " + argument + " of " + allowed
                    + " is required. Received: \"" + value + "\".");
        }
        return value;
    }
}
