package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * Elements with the variance {@code scale / fan}: the rule that the Glorot, He and Lecun initializers are cases of. The
 * fan is the number of inputs ({@code "fan_in"}), of outputs ({@code "fan_out"}) or their mean ({@code "fan_avg"}), at
 * least 1.
 */
public final class VarianceScaling extends ScaledInitializer<VarianceScaling> {
    /** Scale 1, mode {@code "fan_in"}, distribution {@code "truncated_normal"}. */
    public VarianceScaling() {
        this((Long) null);
    }

    /**
     * The given rule.
     *
     * @param scale above 0
     * @param mode {@code "fan_in"}, {@code "fan_out"} or {@code "fan_avg"}
     * @param distribution {@code "truncated_normal"} (also {@code "normal"}), {@code "untruncated_normal"} or
     *     {@code "uniform"}
     */
    public VarianceScaling(double scale, String mode, String distribution) {
        this((Long) null);
        scale(scale).mode(mode).distribution(distribution);
    }

    private VarianceScaling(@Nullable Long seed) {
        super(1.0, "fan_in", "truncated_normal", seed);
    }

    static VarianceScaling from(ObjectNode config) {
        return new VarianceScaling(seed(config)).configure(config)
                .scale(Json.number(config, "scale", 1.0))
                .mode(Json.text(config, "mode", "fan_in"))
                .distribution(Json.text(config, "distribution", "truncated_normal"));
    }

    /** Sets the factor of the variance, above 0; 1 unless set. */
    public VarianceScaling scale(double scale) {
        setScale(scale);
        return this;
    }

    /** Sets which fan counts: {@code "fan_in"} (unless set), {@code "fan_out"} or {@code "fan_avg"}. */
    public VarianceScaling mode(String mode) {
        setMode(mode);
        return this;
    }

    /** Sets the kind of numbers: {@code "truncated_normal"} (unless set), {@code "untruncated_normal"} or {@code "uniform"}. */
    public VarianceScaling distribution(String distribution) {
        setDistribution(distribution);
        return this;
    }

    @Override
    VarianceScaling self() {
        return this;
    }

    @Override
    public ObjectNode config() {
        return withRule(super.config());
    }
}
