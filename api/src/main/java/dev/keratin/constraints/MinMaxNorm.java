package dev.keratin.constraints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** Norms between two bounds, approached at a given rate. */
public final class MinMaxNorm implements Constraint {
    private final double minValue;
    private final double maxValue;
    private double rate = 1.0;
    private Norms norms = new Norms();

    /** From 0 to 1, at once, along the first axis. */
    public MinMaxNorm() {
        this(0.0, 1.0);
    }

    /** Between the given bounds, at once, along the first axis. */
    public MinMaxNorm(double minValue, double maxValue) {
        this.minValue = minValue;
        this.maxValue = maxValue;
    }

    static MinMaxNorm from(ObjectNode config) {
        return new MinMaxNorm(Json.number(config, "min_value", 0.0), Json.number(config, "max_value", 1.0))
                .rate(Json.number(config, "rate", 1.0)).axis(Norms.axes(config));
    }

    /** Sets how far towards the bounds each update goes: 1 (unless set) all the way, 0 not at all. */
    public MinMaxNorm rate(double rate) {
        this.rate = rate;
        return this;
    }

    /** Sets the axes that a norm is taken along: those of a unit's inputs; 0 unless set. */
    public MinMaxNorm axis(int... axes) {
        norms = new Norms(axes);
        return this;
    }

    @Override
    public Tensor call(Tensor w) {
        return norms.rescale(w, norm -> Ops.add(Ops.multiply(Ops.clip(norm, minValue, maxValue), rate),
                Ops.multiply(norm, 1 - rate)));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object().put("min_value", minValue).put("max_value", maxValue).put("rate", rate);
        config.set("axis", norms.config());
        return config;
    }
}
