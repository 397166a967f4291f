package dev.keratin.constraints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** Norms up to a highest one. */
public final class MaxNorm implements Constraint {
    private final double maxValue;
    private Norms norms = new Norms();

    /** Up to 2, along the first axis. */
    public MaxNorm() {
        this(2);
    }

    /** Up to the given norm, along the first axis. */
    public MaxNorm(double maxValue) {
        this.maxValue = maxValue;
    }

    static MaxNorm from(ObjectNode config) {
        return new MaxNorm(Json.number(config, "max_value", 2)).axis(Norms.axes(config));
    }

    /** Sets the axes that a norm is taken along: those of a unit's inputs; 0 unless set. */
    public MaxNorm axis(int... axes) {
        norms = new Norms(axes);
        return this;
    }

    @Override
    public Tensor call(Tensor w) {
        return norms.rescale(w, norm -> Ops.clip(norm, 0, maxValue));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object().put("max_value", maxValue);
        config.set("axis", norms.config());
        return config;
    }
}
